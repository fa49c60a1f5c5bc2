"""The text of a parish magazine: stories, captions, notes and advertisements, written for the tests."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """An article of the magazine. Of its paragraphs, `## ` begins a subheading, `- ` an item of a list, `! ` a caption
    under a picture, `$ ` an advertisement in a box, its lines parted by ` / `; `[text]` is a note where it stands."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]


TITLE = "St Anne’s Parish Magazine"
RUNNING_HEAD = "St Anne’s Parish Magazine · Spring 2026"

STORIES = (
    Story(
        "A word at the turn of the year",
        "By the Reverend Helen Marsh",
        (
            "When I came to this parish eleven years ago, somebody told me that nothing ever happens here between the "
            "harvest supper and the first snowdrops. I have waited for such a winter ever since. This one began with a "
            "burst pipe in the vestry and ended, on the last Sunday in January, with ninety people in the church hall, "
            "who had come to tell the council what they think of the new timetable of the bus.",
            "! Snowdrops along the north wall, photographed by Peter Lowe in the second week of February.",
            "A church is not a building that is kept dry for its own sake. It is kept dry so that people can stand in "
            "it when they have something to say to each other, and to God, and so that nobody has to say it in the "
            "rain. I am grateful to all who carried buckets, and to the two young plumbers who would not be paid.",
            "Lent begins late this year. On Wednesdays there will be soup at half past twelve, and somebody will read "
            "aloud for a quarter of an hour. It need not be a holy book. Last year we had a history of the lighthouse, "
            "and people still talk of it.",
        ),
    ),
    Story(
        "The tower is safe for another century",
        "By Thomas Wren, churchwarden",
        (
            "The scaffolding came down on the third of February, two weeks early and eleven pounds under the estimate.["
            "The accounts can be seen in the vestry on any Sunday after the service.] For the first time since the "
            "autumn of 2023 we can see the whole of the tower from the green, and those who look closely will notice "
            "that the gargoyle on the south side has his nose back.",
            "## What was wrong",
            "Water had come in behind the string course, which is the band of stone below the belfry windows. It had "
            "been coming in, the masons think, since somebody repaired it with hard cement in 1911. Cement does not "
            "let go of water as lime does, and the stone behind it had turned to something like wet sugar. In one "
            "place a man could put his arm in up to the elbow.",
            "! The mason Ruth Carver lifts the last of the new stones into its place below the belfry.",
            "Forty-one stones were cut anew, all from the old quarry at Langwith, which was opened for us for one week "
            "by the kindness of the family that owns it. They look pale beside the old ones. In twenty years nobody "
            "will be able to tell them apart.",
            "## What comes next",
            "The bells will be rung again on Easter morning. Before that the frame has to be looked at, since the "
            "clappers hung still for two years, and leather dries. If you have a head for heights and a free Saturday, "
            "please speak to me. The view is worth the ladder.",
            "$ J. MARLOW & SONS / Roofs, walls and gates / Telephone 01632 960 112 / Estimates are free",
        ),
    ),
    Story(
        "Six bells and four ringers",
        "By Joan Fairweather",
        (
            "There are six bells in our tower, and at present there are four people who can ring them. You do not need "
            "to be a mathematician to see the difficulty. You do not need to be one to ring, either, whatever you may "
            "have heard about methods and changes. You need two hands, some patience, and the wish to be of use on a "
            "Sunday morning before anyone else is up.",
            "We practise on Tuesdays from half past seven. A beginner is taught alone at first, with the clapper tied, "
            "so that the village is not told of every mistake. Most people can ring rounds after six weeks. The "
            "youngest of us began when she was twelve, the oldest when he was seventy-three, and he says that it cured "
            "his shoulder.[He has asked us to add that his doctor does not agree.]",
            "! The tenor, cast in 1702, weighs as much as a small car.",
            "Come and watch, at least. The stair is narrow and the chamber is cold, but there is tea in a flask, and "
            "when all six go together for the first time you will feel it in the soles of your feet.",
        ),
    ),
    Story(
        "Notes from the school",
        "By Class Four",
        (
            "We went to the mill on a Thursday because it was market day and there was room on the bus. The miller "
            "showed us how the stones are dressed. He has a hammer with two sharp ends, which is called a bill, and "
            "his hands are full of tiny blue marks, because bits of steel fly off and stay there. He says that is how "
            "you know a miller.",
            "We each ground a cupful of wheat by hand. It took twenty minutes, and at the end there was enough flour "
            "for one bun. Then he let the water in, and the great wheel ground a sackful while we ate our sandwiches.",
            "## What we learned",
            "- The upper stone turns and the lower stone does not.",
            "- Flour dust can explode, so nobody may smoke.",
            "- The cat is called Hopper, and is older than all of us.",
            "! Hopper asleep on the sack hoist, drawn by Amina, who is nine.",
            "Thank you to Mr Dale for having us, and to the two grandmothers who came along and carried the bag with "
            "the wet socks.",
            "$ THE BAKEHOUSE, MILL LANE / Bread from our own flour / Tuesday to Saturday, from seven",
        ),
    ),
    Story(
        "The bus that does not come",
        "By Martin Oakes",
        (
            "On paper there are five buses a day to the town. In January I stood at the stop by the green on nine "
            "mornings, and wrote down what came. Five times it was the bus. Twice it was the bus, but an hour later "
            "than it should have been. Once it was a lorry, whose driver took pity on me, and once it was nothing at "
            "all until I went home.",
            "The company says that it cannot find drivers. The council says that it pays for a service and expects to "
            "receive it. Meanwhile Mrs Teller, who is eighty-six, has missed two appointments at the eye clinic, and "
            "the hospital has written to her about wasting its time.[Since this was written, the clinic has said that "
            "it is sorry.]",
            "At the meeting in the hall it was agreed that we would keep a diary at the stop. A notebook hangs there "
            "now on a string. Please write down the time at which you came, and the time at which anything else did. "
            "In May we shall take it to the county, and read it to them from beginning to end.",
            "! The notebook at the stop by the green, in its third week.",
        ),
    ),
    Story(
        "A garden for nobody in particular",
        "By Edith Sandys",
        (
            "Behind the reading room there is a piece of ground that belongs to nobody. The deeds say that it was "
            "given in 1866 for the drying of linen by all households without a yard, and since everybody has a machine "
            "now, nettles have had it for thirty years. Last autumn six of us cut them down to see what was there.",
            "What was there was a wall, a tap that works, eleven posts for washing lines, and the best soil that I "
            "have put a fork into in this village. We have planted beans along the wall and currants between the "
            "posts. Nobody is to own a row. Whoever weeds may pick, and whoever cannot bend may sit on the bench and "
            "tell the rest of us what we are doing wrong.",
            "! Clearing the drying ground in October: the tap was found on the second day.",
            "We still want a water butt, a good rake, and somebody who understands plums.",
            "$ GREENWAY NURSERIES / Fruit trees, hedging, advice / Open daily until dusk",
        ),
    ),
    Story(
        "How the lamp was saved",
        "By Peter Lowe",
        (
            "Most people walk past the old lamp at the corner of Chapel Street without a glance, and for most of my "
            "life so did I. It is a plain thing of cast iron, taller than it looks, with four panes, of which one is "
            "always cracked. It was made for gas, was turned to electricity in 1934, and has stood dark since the new "
            "lights were put up on their steel masts.",
            "In November a man with a clipboard tied a yellow label to it. I asked him what the label meant, and he "
            "said scrap. By the evening there was a second label on it, in a child’s hand, which said please do not. "
            "By the end of the week there were thirty.",
            "! The lamp with its labels, on the evening of the fourth of November.",
            "The county gave in before Christmas. The lamp is ours, on condition that we pay for the current, which "
            "comes to nine pounds a year at today’s price.[A box for it stands on the counter of the shop.] It was lit "
            "on the shortest day, at four in the afternoon, by the girl who wrote the first label. She had to be "
            "lifted.",
        ),
    ),
    Story(
        "Soup for ninety",
        "By the kitchen of the hall",
        (
            "We have been asked by so many for the soup of the January meeting that we print it here. It is enough for "
            "ninety, or for nine on ten evenings, since it freezes well.",
            "## You need",
            "- Eight kilograms of carrots, and the same of potatoes.",
            "- Forty onions, and somebody who does not mind.",
            "- Two litres of cream, or none.",
            "- Salt, pepper, and a whole nutmeg.",
            "## What to do",
            "Cut everything small. Sweat the onions in butter until they are soft, which takes longer than you think, "
            "and do not let them colour. Add the rest with as much water as will cover it by a hand, and leave it "
            "alone for an hour. Then put it through the mill, thin it until it runs from the ladle in a ribbon, and "
            "grate the nutmeg over it at the very end.",
            "! The great pot of the hall holds sixty litres, and was bought for the coronation.",
            "Serve it with bread from the Bakehouse, and with the doors shut, because it is February.",
        ),
    ),
    Story(
        "Dates to keep",
        "By the parish office",
        (
            "All of these are in the hall unless it says otherwise. Please let the office know if you need a lift, or "
            "can give one, and do so before noon on the day itself, since the telephone is not answered after that.",
            "## In March",
            "- On the fourth the quilters meet, and bring scissors.",
            "- On the eleventh there is a talk about swifts, with lantern slides.",
            "- On the twenty-fifth the council sits, and anyone may listen.",
            "## In April",
            "- On the third the church is cleaned from nine, with coffee at eleven.",
            "- On the fifth, which is Easter Day, the bells are rung at half past five.",
            "- On the eighteenth children may hunt for eggs on the drying ground.",
            "! The hall in its new green, painted in four days by eleven people.",
            "The hall can be hired by the hour. It has forty chairs that match and twenty that do not, and a piano "
            "that was tuned last year.[In the middle, at any rate.]",
            "$ SWIFT TAXIS / Day and night / Telephone 01632 960 377",
        ),
    ),
    Story(
        "Arthur Pell, 1931 to 2026",
        "By his neighbours",
        (
            "Arthur was born in the end house of Ferry Row and died in it, ninety-four years later, with the window "
            "open because he liked to hear the boats. In between he was away for two years as a soldier, and for one "
            "night in the city, which he did not care for.",
            "He was postman here for thirty-eight years. He knew which dogs were all noise, and which letters ought to "
            "be put into a hand and not through a door. It is told that he once carried a telegram back to the office "
            "three times on the same day, until the sister was home, so that its reader need not be alone.",
            "! Arthur on his round in the winter of 1963, when the river froze.",
            "When he retired he was given a clock. He gave it to the school, since he had never been late and did not "
            "mean to begin. He leaves a daughter, four grandchildren, a boat with no name, and a village in which "
            "everybody under fifty learned to whistle from the same man.",
            "The funeral was on the ninth of February. He had asked for no flowers, and for the long way round.",
        ),
    ),
)
