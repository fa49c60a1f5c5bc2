// Plays the editions that a page of the site lists: each, or all in order. One player; it stays while one reads on, and
// keeps its queue from page to page, and with the editions' own pages it shares places and speed.
(() => {
  const player = document.getElementById("player");
  const audio = player.querySelector("audio");
  const words = JSON.parse(player.dataset.words);
  const common = playback(audio, words);
  const { element, kept, keep, fill, clock, inWords, tell } = common;
  const entries = new Map([...document.querySelectorAll("article[data-id]")].map((entry) => [entry.dataset.id, entry]));
  const QUEUE = "audio-edition queue";
  const HABITS = "audio-edition";
  const placeOf = (id) => `audio-edition ${id}`;

  let queue = []; // editions: id, title, language, direction, page, sound, seconds, cover
  let current = -1;
  let shownSecond = -1;
  let savedSecond = -1;

  // --- what is kept

  const keepQueue = () => keep(QUEUE, { queue, current }, "sessionStorage");
  function keepPlace() {
    if (queue[current]) keep(placeOf(queue[current].id), { seconds: audio.ended ? 0 : audio.currentTime });
  }

  // --- words

  const plurals = new Intl.PluralRules(words.language);
  const counted = (forms, number) => fill(forms[plurals.select(number)] ?? forms.other, { number });

  // A button that is pressed or not tells so by itself.
  const tellUnlessButtonDoes = (what) => document.activeElement.hasAttribute("aria-pressed") || tell(what);

  // --- playing

  function editionOf(entry) {
    const title = entry.querySelector("h2 a, h3 a");
    return {
      id: entry.dataset.id,
      title: title.textContent,
      language: title.parentElement.lang,
      direction: title.parentElement.dir,
      page: title.href,
      sound: entry.dataset.sound,
      seconds: Number(entry.dataset.seconds),
      cover: entry.querySelector("img")?.src ?? "",
    };
  }

  function play() {
    const { speed } = kept(HABITS);
    audio.playbackRate = audio.defaultPlaybackRate = speed >= 0.5 && speed <= 3 ? speed : 1;
    if (audio.error) load(audio.currentTime);
    return audio.play().catch(() => {});
  }

  function toggle() {
    tellUnlessButtonDoes(audio.paused ? words.playing : words.paused);
    return audio.paused ? play() : audio.pause();
  }

  function load(seconds) {
    audio.src = queue[current].sound;
    audio.currentTime = seconds;
  }

  // Makes an edition of the queue the one that plays, where it was left.
  function choose(index) {
    keepPlace();
    current = index;
    const { seconds } = kept(placeOf(queue[index].id));
    load(seconds > 0 && seconds < queue[index].seconds - 1 ? seconds : 0);
    show();
  }

  function playAt(index) {
    choose(index);
    play();
  }

  function playEntry(entry) {
    const known = queue.findIndex(({ id }) => id === entry.dataset.id);
    if (known === current && known >= 0) return toggle();
    if (known < 0) queue.splice(current + 1, 0, editionOf(entry));
    playAt(known < 0 ? current + 1 : known);
  }

  function playAll() {
    keepPlace();
    queue = [...entries.values()].map(editionOf);
    current = -1;
    playAt(0);
    tell(words.playing);
  }

  function addOrRemove(entry) {
    const known = queue.findIndex(({ id }) => id === entry.dataset.id);
    if (known >= 0) return remove(known);
    queue.push(editionOf(entry));
    if (current < 0) choose(0);
    else show();
  }

  function remove(index) {
    if (queue.length === 1) return close();
    const playing = !audio.paused;
    const wasCurrent = index === current;
    if (wasCurrent) {
      keepPlace();
      audio.pause();
    }
    queue.splice(index, 1);
    if (index < current) current -= 1;
    if (!wasCurrent) return show();
    current = Math.min(current, queue.length - 1);
    const next = current;
    current = -1;
    choose(next);
    if (playing) play();
  }

  function step(by) {
    if (queue[current + by]) playAt(current + by);
  }

  function close() {
    keepPlace();
    const entry = entries.get(queue[current]?.id);
    const inside = player.contains(document.activeElement);
    queue = [];
    current = -1;
    audio.pause();
    audio.removeAttribute("src");
    show();
    if (inside) (entry?.querySelector("button") ?? element("content")).focus();
  }

  function seek(seconds) {
    audio.currentTime = Math.min(Math.max(seconds, 0), queue[current].seconds);
    showPosition();
    keepPlace();
  }

  function onEnd() {
    keepPlace();
    if (queue[current + 1]) return step(1);
    tell(words.last);
  }

  // --- showing

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function show() {
    player.hidden = current < 0;
    if (current >= 0) {
      const { title, language, direction, page, seconds } = queue[current];
      Object.assign(element("now"), { textContent: title, lang: language, dir: direction, href: page });
      element("total").textContent = clock(seconds);
      element("position").max = Math.floor(seconds);
      element("previous").disabled = current === 0;
      element("next").disabled = current === queue.length - 1;
      showOnLockScreen();
    }
    showQueue();
    showPlaying();
    showPosition();
    keepQueue();
  }

  function showQueue() {
    element("queue-title").textContent = counted(words.queued, queue.length);
    const focused = [...element("queue").querySelectorAll("button")].indexOf(document.activeElement);
    const items = queue.map(({ title, language, direction }, index) => {
      const item = document.createElement("li");
      const jump = button(title, () => playAt(index));
      Object.assign(jump, { lang: language, dir: direction });
      if (index === current) jump.setAttribute("aria-current", "true");
      const gone = button(words.remove, () => remove(index));
      gone.setAttribute("aria-label", fill(words.remove_title, { title }));
      item.append(jump, gone);
      return item;
    });
    element("queue").replaceChildren(...items);
    const buttons = element("queue").querySelectorAll("button");
    if (focused >= 0) (buttons[Math.min(focused, buttons.length - 1)] ?? element("close")).focus();
  }

  function showPlaying() {
    const playing = current >= 0 && !audio.paused;
    element("play").setAttribute("aria-pressed", String(playing));
    for (const [id, entry] of entries) {
      const [plays, queued] = entry.querySelectorAll(".listen button");
      plays.setAttribute("aria-pressed", String(playing && queue[current].id === id));
      queued.setAttribute("aria-pressed", String(queue.some((edition) => edition.id === id)));
    }
  }

  function showFailure() {
    if (current >= 0) common.showFailure(fill(words.unplayable, queue[current]));
  }

  function showPosition() {
    if (current < 0) return;
    const { seconds } = queue[current];
    const now = audio.ended ? seconds : Math.min(audio.currentTime, seconds);
    const slider = element("position");
    shownSecond = Math.floor(now);
    element("elapsed").textContent = clock(now);
    // Screen readers speak each change of a slider that has the focus: there it changes only with a key.
    if (!slider.matches(":focus-visible")) showOnSlider();
    if (Math.abs(now - savedSecond) >= 5) {
      savedSecond = now;
      keepPlace();
    }
    common.showPositionOnLockScreen(now, seconds);
  }

  // Each change of the page is work for a screen reader.
  function showSecond() {
    if (Math.floor(audio.currentTime) !== shownSecond) showPosition();
  }

  function showOnSlider() {
    const { seconds } = queue[current];
    const now = audio.ended ? seconds : audio.currentTime;
    const told = fill(words.of, { elapsed: inWords(now), total: inWords(seconds) });
    element("position").value = now;
    element("position").setAttribute("aria-valuetext", told);
  }

  function showOnLockScreen() {
    const { title, cover } = queue[current];
    const artist = document.querySelector(".masthead").textContent.trim();
    common.showOnLockScreen({ title, artist, artwork: cover ? [{ src: cover, type: "image/png" }] : [] });
  }

  // --- keys and clicks

  const KEYS = {
    k: toggle,
    j: () => seek(audio.currentTime - 10),
    l: () => seek(audio.currentTime + 10),
    h: () => step(1),
    H: () => step(-1),
  };

  function onKey(event) {
    if (common.isShortcut(event) || current < 0) return;
    const answer = event.key === " " && event.target === element("position") ? toggle : KEYS[event.key];
    if (!answer) return;
    event.preventDefault();
    answer();
  }

  function onSliderKey(event) {
    const to = common.sliderTarget(event, queue[current].seconds);
    if (to === undefined) return;
    event.preventDefault();
    seek(to);
    showOnSlider();
  }

  // --- begin

  // The link to the sound becomes a button of the same name, and another one.
  function bringToLife(entry) {
    const link = entry.querySelector(".listen a");
    const title = entry.querySelector("h2 a, h3 a");
    entry.dataset.sound = link.href;
    const plays = button(words.play, () => playEntry(entry));
    plays.id = link.id;
    const queued = button(words.add_to_queue, () => addOrRemove(entry));
    queued.id = `queue-${link.id}`;
    for (const each of [plays, queued]) each.setAttribute("aria-labelledby", `${each.id} ${title.id}`);
    link.replaceWith(plays, " ", queued);
  }

  function begin() {
    const told = document.createElement("p");
    told.id = "told";
    told.setAttribute("aria-live", "polite");
    told.setAttribute("aria-atomic", "true");
    element("content").append(told);
    entries.forEach(bringToLife);
    const all = element("play-all");
    if (all) all.parentElement.hidden = false;
    all?.addEventListener("click", playAll);
    const acts = {
      "play": toggle,
      "previous": () => step(-1),
      "next": () => step(1),
      "back": KEYS.j,
      "forward": KEYS.l,
      "close": close,
    };
    for (const [id, act] of Object.entries(acts)) element(id).addEventListener("click", act);
    element("position").addEventListener("input", ({ target }) => seek(Number(target.value)));
    element("position").addEventListener("keydown", onSliderKey);
    element("position").addEventListener("focus", showOnSlider);
    player.addEventListener("keydown", onKey);
    for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showPlaying);
    audio.addEventListener("timeupdate", showSecond);
    for (const name of ["seeked", "pause", "ended"]) audio.addEventListener(name, showPosition);
    audio.addEventListener("pause", keepPlace);
    audio.addEventListener("ended", onEnd);
    common.watchForFailure(showFailure, play);
    addEventListener("pagehide", keepPlace);
    common.answerMediaKeys({ play, seek, previous: () => step(-1), next: () => step(1) });
    const before = kept(QUEUE, "sessionStorage");
    queue = Array.isArray(before.queue) ? before.queue : [];
    if (queue[before.current]) choose(before.current);
    else showPlaying();
  }

  begin();
})();
