(() => {
  const edition = JSON.parse(document.getElementById("edition").textContent);
  const { cues, chapters, stops, left, total, words } = edition;
  const audio = document.querySelector("audio");
  const common = playback(audio, words);
  const { LATE, element, kept, keep, fill, clock, inWords, tell, isShortcut } = common;
  const player = element("player");
  const text = element("text");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  let current = -1; // the cue that sounds, or sounded last
  let shownParts = []; // what its sentence shows
  let chapter = -1;
  let stop = -1; // the one sentence that Tab leads to, besides the links
  let shownSecond = -1;
  let savedSecond = -1;
  let skipped = []; // stretches of cues that the listener does not want to hear: the first, and the one behind the last
  let timer = 0;

  // --- where things are

  // The last of a list, rising by `start`, that begins at or before a time; -1 before the first.
  function lastBefore(list, time, start) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (start(list[middle]) <= time + LATE) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
  const cueAt = (time) => lastBefore(cues, time, (cue) => cue[1]);
  const chapterAt = (time) => lastBefore(chapters, time, (part) => part.start);
  const sentence = (index) => (index < 0 ? null : element(cues[index][0]));
  const places = new Map(cues.map(([id], index) => [id, index]));

  // The cue of the sentence that a part of the text is or is in; -1 where it is in none.
  function cueAround(node) {
    let part = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    while (part && !places.has(part.id)) part = part.parentElement;
    return part ? places.get(part.id) : -1;
  }

  // The cue that an address leads to: that of a sentence, or the first in or behind a list, a note, a page or a chapter.
  function cueOf(address) {
    const target = address.length > 1 && element(address.slice(1));
    if (!target || !text.contains(target)) return -1;
    if (cueAround(target) >= 0) return cueAround(target);
    let low = 0;
    let high = cues.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (target.compareDocumentPosition(sentence(middle)) & Node.DOCUMENT_POSITION_FOLLOWING) high = middle;
      else low = middle + 1;
    }
    return low < cues.length ? low : -1;
  }

  // What a sentence shows, with the characters of its text that each part holds. A picture and a formula hold their
  // words; labels, marks of notes and pages, and readings hold none.
  const ADDED = ".label, rt, [role=doc-noteref], [role=doc-pagebreak], [role=doc-backlink]";
  function partsOf(shown) {
    const parts = [];
    let length = 0;
    const add = (node, size) => parts.push([node, length, (length += size)]);
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) add(node, node.length);
      else if (node.matches("img")) add(node, node.alt.length);
      else if (node.matches("math, [role=math]")) add(node, (node.getAttribute("alttext") ?? node.ariaLabel).length);
      else if (!node.matches(ADDED)) node.childNodes.forEach(walk);
    };
    walk(shown);
    return parts;
  }

  // --- words

  const timeInWords = () => fill(words.of, { elapsed: inWords(here()), total: inWords(total) });

  // What the control that has the focus tells by itself is not told again.
  const tellUnlessOn = (id, what) => document.activeElement === element(id) || tell(what);

  // --- what is kept between visits

  const PLACE = `audio-edition ${edition.id}`;
  const HABITS = "audio-edition";

  const keepPlace = () => keep(PLACE, { seconds: audio.ended ? 0 : audio.currentTime });
  const keepHabits = () => keep(HABITS, {
    speed: audio.playbackRate,
    volume: audio.volume,
    follow: element("follow").checked,
    announce: element("announce").checked,
    skipped: boxesToSkip().filter((box) => box.checked).map((box) => box.value),
  });

  // --- playing

  // A browser may take the sound to be a little shorter or longer than it was recorded: its end is the end.
  const atEnd = () => audio.ended || audio.currentTime >= Math.min(total, audio.duration || total) - LATE;
  const here = () => (atEnd() ? total : audio.currentTime);

  // Sound that failed is loaded again: what was missing may be there by now.
  function play() {
    if (audio.error) {
      const seconds = audio.currentTime;
      audio.load();
      audio.currentTime = seconds;
    }
    return audio.play().catch(() => {});
  }

  function toggle() {
    if (!audio.paused) return audio.pause();
    tellUnlessOn("play", words.playing);
    return play();
  }

  function toggleSound() {
    audio.muted = !audio.muted;
    tellUnlessOn("volume", audio.muted ? words.sound_off : words.sound_on);
  }

  function seek(seconds) {
    const before = chapter;
    audio.currentTime = Math.min(Math.max(seconds, 0), total);
    update();
    showPosition();
    if (before >= 0 && chapter !== before) announceChapter();
  }

  // Never over sound that is heard: there the recording itself says where it is.
  function announceChapter() {
    const heard = !audio.paused && !audio.muted && audio.volume > 0;
    if (!heard && element("announce").checked) tell(`${words.chapter} ${chapters[chapter].title}`);
  }

  const seekToCue = (index) => seek(cues[Math.min(Math.max(index, 0), cues.length - 1)][1]);

  function playFrom(index) {
    seekToCue(index);
    play();
  }

  // Back goes to the start of what sounds, or, where that began just now, to the one before. What is to be skipped is
  // passed over.
  function step(list, by) {
    const now = audio.currentTime;
    const here = Math.max(lastBefore(list, now, (index) => cues[index][1]), 0);
    const begunJustNow = now - cues[list[here]][1] < 1.5 * audio.playbackRate;
    let next = by > 0 ? here + 1 : here - (begunJustNow ? 1 : 0);
    while (isPassedOver(list[next])) next += by;
    if (next < list.length) seekToCue(list[Math.max(next, 0)]);
  }

  // --- what is skipped, left, and gone to

  const boxesToSkip = () => [...document.querySelectorAll("[name=skipped]")];
  const holds = ([first, behind], index) => first <= index && index < behind;

  // The stretch to skip that a cue is in; nothing where that which sounds is in it, too: who went there wants to hear it.
  const isPassedOver = (index) => skipped.find((stretch) => holds(stretch, index) && !holds(stretch, current));

  function chooseSkipped() {
    const chosen = boxesToSkip().filter((box) => box.checked).flatMap((box) => edition.skipped[box.value]);
    skipped = [];
    for (const [first, behind] of chosen.sort(([one], [other]) => one - other)) {
      const before = skipped.at(-1);
      if (before && first <= before[1]) before[1] = Math.max(before[1], behind);
      else skipped.push([first, behind]);
    }
  }

  // Goes on behind what is to be skipped, in the silence before it: a timer that is late is heard of no word.
  const MOST_SILENCE = 0.2;
  const silenceBefore = (index) => Math.max(cues[index - 1]?.[2] ?? 0, cues[index][1] - MOST_SILENCE);
  function skipAhead() {
    if (audio.paused || audio.seeking) return;
    const now = audio.currentTime;
    const coming = Math.max(cueAt(now), current + 1);
    const stretch = coming < cues.length && now + LATE >= silenceBefore(coming) && isPassedOver(coming);
    if (stretch) goBehind(stretch);
  }

  const goBehind = ([, behind]) => (behind < cues.length ? seekToCue(behind) : seek(total));

  // Out of the innermost list, table, note or the like.
  function leave() {
    const stretch = left.findLast((each) => holds(each, current));
    if (stretch) goBehind(stretch);
  }

  // A page by its label. Where there is none, the browser says so at the field, to a screen reader too.
  function goToPage() {
    const field = element("page");
    const label = (text) => text.trim().toLowerCase();
    const marks = [...text.querySelectorAll("[role=doc-pagebreak]")];
    const mark = marks.find((each) => label(each.textContent) === label(field.value));
    field.setCustomValidity(mark ? "" : fill(words.no_page, { page: field.value.trim() }));
    if (!field.reportValidity()) return;
    seekToCue(cueOf(`#${mark.id}`));
    goToSentence();
  }

  const everyCue = cues.map((_, index) => index);
  const actions = {
    "play": toggle,
    "back": () => seek(audio.currentTime - 10),
    "forward": () => seek(audio.currentTime + 10),
    "previous-sentence": () => step(everyCue, -1),
    "next-sentence": () => step(everyCue, 1),
    "previous-heading": () => step(stops, -1),
    "next-heading": () => step(stops, 1),
    "place": goToSentence,
    "leave": leave,
    "keys": () => element("help").showModal(),
    "more": () => element("more").setAttribute("aria-expanded", String(player.toggleAttribute("data-more"))),
  };

  // Kept at once: the sound tells of a change later, and the page may be gone by then.
  function setSpeed() {
    audio.playbackRate = audio.defaultPlaybackRate = Number(element("speed").value);
    keepHabits();
  }

  // Firefox tells a screen reader each change of a list in the page, also of one without the focus; other browsers do
  // not. So in Firefox the list changes outside of the page, and the speed is told once everywhere.
  const FIREFOX = CSS.supports("-moz-orient", "inline");

  function changeSpeed(by) {
    const speed = element("speed");
    const before = speed.previousSibling;
    if (FIREFOX) speed.remove();
    speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + by, 0), speed.length - 1);
    if (FIREFOX) before.after(speed);
    setSpeed();
    tell(speed.selectedOptions[0].text);
  }

  // --- showing what sounds

  function update() {
    clearTimeout(timer);
    const now = audio.currentTime;
    const index = cueAt(now);
    if (index !== current) showSentence(index);
    const wordEnds = showWord(now);
    if (chapterAt(now) !== chapter) showChapter(chapterAt(now));
    if (Math.floor(now) !== shownSecond) showPosition();
    if (audio.paused) return;
    const ends = isPassedOver(index + 1) ? silenceBefore(index + 1) : (cues[index + 1]?.[1] ?? total);
    const next = Math.min(ends, wordEnds);
    timer = setTimeout(goOn, Math.min(Math.max((1000 * (next - now)) / audio.playbackRate, 10), 250));
  }

  function goOn() {
    skipAhead();
    update();
  }

  function showSentence(index) {
    sentence(current)?.removeAttribute("aria-current");
    current = index;
    const shown = sentence(index);
    shown?.setAttribute("aria-current", "true");
    shownParts = shown ? partsOf(shown) : [];
    if (!text.contains(document.activeElement)) setStop(Math.max(index, 0));
    if (shown && !audio.paused && element("follow").checked) bringIntoView(shown);
  }

  // One sentence is a stop of the Tab key: that which sounds, unless the reader is at another.
  function setStop(index) {
    sentence(stop)?.removeAttribute("tabindex");
    stop = index;
    sentence(stop).tabIndex = 0;
  }

  function bringIntoView(shown) {
    const { top, bottom, height } = shown.getBoundingClientRect();
    const free = player.getBoundingClientRect().bottom;
    if (top > free + 16 && bottom < innerHeight - 32) return;
    const tall = height > (innerHeight - free) / 2;
    shown.scrollIntoView({ block: tall ? "start" : "center", behavior: still.matches ? "auto" : "smooth" });
  }

  // The characters of the sentence that sounds, or the whole of a formula that they are in. Nothing for those of a
  // picture: a highlight would hide it.
  function rangeOf(first, last) {
    const from = shownParts.find(([, , end]) => first < end);
    const to = shownParts.find(([, , end]) => last <= end);
    if (!from || !to || [from, to].some(([node]) => node.nodeName === "IMG")) return null;
    const range = new Range();
    if (from[0].nodeType === Node.TEXT_NODE) range.setStart(from[0], first - from[1]);
    else range.setStartBefore(from[0]);
    if (to[0].nodeType === Node.TEXT_NODE) range.setEnd(to[0], last - to[1]);
    else range.setEndAfter(to[0]);
    return range;
  }

  // Marks the word that sounds, and returns when that changes. The document stays as it is: the mark is a highlight.
  function showWord(now) {
    const [, start, , marks] = cues[current] ?? [];
    CSS.highlights?.delete("word");
    if (!marks || !CSS.highlights) return Infinity;
    const since = Math.round(1000 * (now - start) + 1000 * LATE);
    let place = 0;
    while (place < marks.length && marks[place + 1] <= since) place += 4;
    const [from, to, first, last] = marks.slice(place, place + 4);
    if (from <= since) {
      const range = rangeOf(first, last);
      if (range) CSS.highlights.set("word", new Highlight(range));
    }
    return place < marks.length ? start + (from <= since ? to : from) / 1000 : Infinity;
  }

  function showChapter(index) {
    chapter = index;
    const { id, title } = chapters[index];
    document.querySelector("nav [aria-current]")?.removeAttribute("aria-current");
    document.querySelector(`nav a[href="#${CSS.escape(id)}"]`)?.setAttribute("aria-current", "true");
    element("now").textContent = title;
    showOnLockScreen(title);
  }

  function showPosition() {
    const slider = element("position");
    const now = here();
    shownSecond = Math.floor(audio.currentTime);
    element("elapsed").textContent = clock(now);
    // Screen readers speak each change of a slider that has the focus: there it changes only with a key.
    if (!slider.matches(":focus-visible")) showOnSlider();
    if (Math.abs(shownSecond - savedSecond) >= 5) {
      savedSecond = shownSecond;
      keepPlace();
    }
    common.showPositionOnLockScreen(now, total);
  }

  function showOnSlider() {
    element("position").value = here();
    element("position").setAttribute("aria-valuetext", timeInWords());
  }

  function showPlaying() {
    player.toggleAttribute("data-playing", !audio.paused);
    element("play").setAttribute("aria-pressed", String(!audio.paused));
    update();
    if (!audio.paused) return;
    keepPlace();
    showPosition();
  }

  // Moves the focus, because it was asked for: a screen reader goes on reading from there.
  function goToSentence() {
    const index = Math.max(current, 0);
    setStop(index);
    sentence(index).scrollIntoView({ block: "center" });
    sentence(index).focus({ preventScroll: true });
  }

  // --- media keys, lock screens

  function showOnLockScreen(title) {
    const artwork = edition.cover && location.protocol !== "file:" ? [{ src: edition.cover, type: "image/png" }] : [];
    const about = { title, artist: edition.artist, album: edition.title, artwork };
    about.chapterInfo = chapters.map((part) => ({ title: part.title, startTime: part.start, artwork: [] }));
    common.showOnLockScreen(about);
  }

  // --- keys and clicks

  const KEYS = {
    "k": toggle,
    "j": actions.back,
    "l": actions.forward,
    "s": actions["next-sentence"],
    "S": actions["previous-sentence"],
    "h": actions["next-heading"],
    "H": actions["previous-heading"],
    "+": () => changeSpeed(1),
    "=": () => changeSpeed(1),
    "-": () => changeSpeed(-1),
    "m": toggleSound,
    "t": () => tell(`${timeInWords()}. ${chapters[chapter].title}`),
    "g": goToSentence,
    "e": leave,
    "?": actions.keys,
  };

  // The letter on the key where the layout has none of a to z (Arabic, Hindi, Russian). Shift decides, not Caps Lock.
  function keyOf({ key, code, shiftKey }) {
    const letter = /^[a-z]$/i.test(key) ? key : /^Key[A-Z]$/.test(code) ? code.slice(3) : "";
    if (!letter) return key;
    return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
  }

  function onPlayerKey(event) {
    const { target } = event;
    if (isShortcut(event) || target.matches("select, audio, [type=text]")) return;
    const answer = event.key === " " && target.matches("input[type=range]") ? toggle : KEYS[keyOf(event)];
    if (!answer) return;
    event.preventDefault();
    answer();
  }

  function onSliderKey(event) {
    const to = common.sliderTarget(event, total);
    if (to === undefined) return;
    event.preventDefault();
    seek(to);
    showOnSlider();
  }

  function onClick(event) {
    const { target } = event;
    if (event.defaultPrevented || event.button || event.shiftKey || isShortcut(event)) return;
    const link = target.closest("a[href]");
    // An address that the page is at already tells of no change.
    if (link?.hash && link.href === location.href) onAddress();
    // A drag that marks text to copy it ends in a click, too.
    const index = link ? -1 : cueAround(target);
    if (index >= 0 && getSelection().isCollapsed) playFrom(index);
  }

  function onTextKey(event) {
    if (isShortcut(event) || event.shiftKey) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const here = cueAround(document.activeElement);
    if (here >= 0 && by && cues[here + by]) {
      event.preventDefault();
      setStop(here + by);
      sentence(stop).focus();
    } else if (here >= 0 && event.key === "Escape") {
      element("play").focus();
    } else if (event.key === "Enter" && here >= 0 && sentence(here) === document.activeElement) {
      playFrom(here);
    } else if (event.key === "Enter" && document.activeElement === document.body) {
      // With the caret in the text (F7 in many browsers).
      const marked = cueAround(getSelection().focusNode);
      if (marked >= 0) playFrom(marked);
    }
  }

  // An address that leads into the text: sound that plays goes on there, else it starts there when it is asked to.
  function onAddress() {
    const index = cueOf(location.hash);
    if (index < 0) return false;
    seekToCue(index);
    return true;
  }

  function toChapters() {
    document.querySelector("nav details").open = true;
    const link = document.querySelector("nav a[aria-current]");
    link.scrollIntoView({ block: "nearest" });
    link.focus();
  }

  // A table is a stop of the Tab key, and a region with a name, only where it must be scrolled.
  function watchTables() {
    const regions = new Map();
    const watching = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        const scrolls = target.scrollWidth > target.clientWidth;
        for (const [name, value] of regions.get(target)) {
          if (scrolls) target.setAttribute(name, value);
          else target.removeAttribute(name);
        }
      }
    });
    for (const table of document.querySelectorAll(".wide")) {
      const own = [...table.attributes].filter(({ name }) => name !== "class");
      regions.set(table, own.map(({ name, value }) => [name, value]));
      watching.observe(table);
    }
  }

  // --- begin

  function restore() {
    const { seconds } = kept(PLACE);
    const { speed, volume, follow, announce, skipped: chosen = [] } = kept(HABITS);
    const known = [...element("speed").options].find((option) => Number(option.value) === speed);
    if (known) known.selected = true;
    audio.playbackRate = audio.defaultPlaybackRate = Number(element("speed").value);
    // Some phones leave the volume to their own keys.
    audio.volume = 0.5;
    element("volume").parentElement.hidden = audio.volume !== 0.5;
    audio.volume = 1;
    if (volume >= 0 && volume <= 1) audio.volume = volume;
    element("volume").value = 100 * audio.volume;
    element("follow").checked = follow === true;
    element("announce").checked = announce !== false;
    for (const box of boxesToSkip()) box.checked = Array.isArray(chosen) && chosen.includes(box.value);
    chooseSkipped();
    if (!onAddress()) seek(seconds > 0 && seconds < total ? seconds : 0);
  }

  function showVolume() {
    const share = audio.muted ? 0 : audio.volume;
    element("volume").value = 100 * share;
    element("volume").setAttribute("aria-valuetext", share.toLocaleString(words.language, { style: "percent" }));
  }

  function listen() {
    for (const [id, action] of Object.entries(actions)) element(id)?.addEventListener("click", action);
    element("position").addEventListener("input", ({ target }) => seek(Number(target.value)));
    element("position").addEventListener("keydown", onSliderKey);
    element("position").addEventListener("focus", showOnSlider);
    element("speed").addEventListener("change", setSpeed);
    element("volume").addEventListener("input", ({ target }) => {
      audio.muted = false;
      audio.volume = target.value / 100;
      keepHabits();
    });
    for (const id of ["follow", "announce"]) element(id).addEventListener("change", keepHabits);
    for (const box of boxesToSkip()) {
      box.addEventListener("change", () => {
        chooseSkipped();
        keepHabits();
      });
    }
    element("to-page")?.addEventListener("click", goToPage);
    element("page")?.addEventListener("keydown", ({ key }) => key === "Enter" && goToPage());
    element("page")?.addEventListener("input", ({ target }) => target.setCustomValidity(""));
    element("to-chapters")?.addEventListener("click", (event) => {
      event.preventDefault();
      toChapters();
    });
    player.addEventListener("keydown", onPlayerKey);
    // When the focus has left the text, and not only the window.
    text.addEventListener("focusout", () => {
      setTimeout(() => text.contains(document.activeElement) || setStop(Math.max(current, 0)));
    });
    // On the document: a listener on the text would make screen readers call all of it clickable.
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onTextKey);
    addEventListener("hashchange", onAddress);
    addEventListener("pagehide", keepPlace);
    for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showPlaying);
    audio.addEventListener("pause", () => atEnd() || audio.error || tellUnlessOn("play", words.paused));
    audio.addEventListener("ended", () => tell(words.ended));
    audio.addEventListener("timeupdate", goOn);
    for (const name of ["seeked", "playing"]) audio.addEventListener(name, update);
    audio.addEventListener("ratechange", () => {
      update();
      keepHabits();
    });
    audio.addEventListener("volumechange", () => {
      showVolume();
      keepHabits();
    });
    common.watchForFailure(showFailure, play);
  }

  const showFailure = () => common.showFailure(`${words.failed} ${edition.sound}`);

  function begin() {
    audio.controls = false;
    audio.hidden = true;
    player.querySelector(".controls").hidden = false;
    document.documentElement.classList.add("js");
    const beside = document.querySelector("nav details");
    const wide = matchMedia("(min-width: 72rem)");
    if (beside) beside.open = wide.matches;
    new ResizeObserver(() => {
      const height = getComputedStyle(player).position === "sticky" ? player.offsetHeight : 0;
      document.documentElement.style.setProperty("--bar-height", `${height}px`);
    }).observe(player);
    watchTables();
    setStop(0);
    restore();
    listen();
    showVolume();
    const answers = { play, seek, previous: actions["previous-heading"], next: actions["next-heading"] };
    common.answerMediaKeys(answers);
    showFailure();
  }

  begin();
})();
