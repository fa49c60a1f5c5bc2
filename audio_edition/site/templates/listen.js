// Plays the editions that a page of the site lists: each, or all in order. One player; it stays while one reads on, and
// keeps its queue from page to page, and with the editions' own pages it shares places and speed.
"use strict";
(() => {
  const element = (id) => document.getElementById(id);
  const player = element("player");
  const audio = player.querySelector("audio");
  const words = JSON.parse(player.dataset.words);
  const cards = new Map([...document.querySelectorAll("article[data-id]")].map((card) => [card.dataset.id, card]));
  const QUEUE = "audio-edition queue";
  const HABITS = "audio-edition";
  const placeOf = (id) => `audio-edition ${id}`;

  let queue = []; // editions: id, title, language, direction, page, sound, seconds, cover
  let current = -1;
  let shownSecond = -1;
  let savedSecond = -1;
  let telling = 0;

  // --- what is kept

  function kept(store, key) {
    try {
      return JSON.parse(store.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function keep(store, key, value) {
    try {
      store.setItem(key, JSON.stringify(value));
    } catch {
      // A browser may forbid it. The page plays all the same.
    }
  }

  const keepQueue = () => keep(sessionStorage, QUEUE, { queue, current });
  function keepPlace() {
    if (queue[current]) keep(localStorage, placeOf(queue[current].id), { seconds: audio.ended ? 0 : audio.currentTime });
  }

  // --- words

  const fill = (text, fields) => text.replace(/\{(\w+)\}/gu, (whole, name) => fields[name] ?? whole);
  const plurals = new Intl.PluralRules(words.language);
  const counted = (forms, number) => fill(forms[plurals.select(number)] ?? forms.other, { number });

  function clock(seconds) {
    const whole = Math.floor(seconds + 0.005);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    if (!parts[0]) parts.shift();
    return parts.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
  }

  function inWords(seconds) {
    const whole = Math.floor(seconds + 0.005);
    const parts = [["hour", Math.floor(whole / 3600)], ["minute", Math.floor(whole / 60) % 60], ["second", whole % 60]];
    const named = parts.filter(([unit, count]) => count || (unit === "second" && whole < 60));
    return named.map(([unit, count]) => count.toLocaleString(words.language, { style: "unit", unit, unitDisplay: "long" })).join(" ");
  }

  // Tells a screen reader. The region is emptied first, so that the same words are told twice, and again some seconds
  // later, so that nobody who reads on meets old news.
  function tell(what) {
    clearTimeout(telling);
    element("told").textContent = "";
    telling = setTimeout(() => {
      element("told").textContent = what;
      telling = setTimeout(() => (element("told").textContent = ""), 10000);
    }, 50);
  }

  // A button that is pressed or not tells so by itself.
  const tellUnlessButtonDoes = (what) => document.activeElement.hasAttribute("aria-pressed") || tell(what);

  // --- playing

  function editionOf(card) {
    const title = card.querySelector("h2 a, h3 a");
    return {
      id: card.dataset.id,
      title: title.textContent,
      language: title.parentElement.lang,
      direction: title.parentElement.dir,
      page: title.href,
      sound: card.dataset.sound,
      seconds: Number(card.dataset.seconds),
      cover: card.querySelector("img")?.src ?? "",
    };
  }

  function play() {
    const { speed } = kept(localStorage, HABITS);
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
    const { seconds } = kept(localStorage, placeOf(queue[index].id));
    load(seconds > 0 && seconds < queue[index].seconds - 1 ? seconds : 0);
    show();
  }

  function playAt(index) {
    choose(index);
    play();
  }

  function playCard(card) {
    const known = queue.findIndex(({ id }) => id === card.dataset.id);
    if (known === current && known >= 0) return toggle();
    if (known < 0) queue.splice(current + 1, 0, editionOf(card));
    playAt(known < 0 ? current + 1 : known);
  }

  function playAll() {
    keepPlace();
    queue = [...cards.values()].map(editionOf);
    current = -1;
    playAt(0);
    tell(words.playing);
  }

  function addOrRemove(card) {
    const known = queue.findIndex(({ id }) => id === card.dataset.id);
    if (known >= 0) return remove(known);
    queue.push(editionOf(card));
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
    const card = cards.get(queue[current]?.id);
    const inside = player.contains(document.activeElement);
    queue = [];
    current = -1;
    audio.pause();
    audio.removeAttribute("src");
    show();
    if (inside) (card?.querySelector("button") ?? element("content")).focus();
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
    for (const [id, card] of cards) {
      const [plays, queued] = card.querySelectorAll(".listen button");
      plays.setAttribute("aria-pressed", String(playing && queue[current].id === id));
      queued.setAttribute("aria-pressed", String(queue.some((edition) => edition.id === id)));
    }
  }

  // Says what is wrong, and takes it back once the sound is loaded again. Where a device for sound is missing, Firefox
  // and Chromium tell so in the words of the error alone, and Firefox plays on unheard.
  function showFailure() {
    if (current < 0) return;
    const { code, message } = audio.error ?? {};
    const noDevice = code === MediaError.MEDIA_ERR_DECODE && /sink|renderer/i.test(message);
    const failure = !code ? "" : noDevice ? words.no_device : fill(words.unplayable, queue[current]);
    if (failure === element("failed").textContent) return;
    element("failed").textContent = failure;
    if (!failure) return;
    tell(failure);
    if (!noDevice) audio.pause();
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
    if (!navigator.mediaSession?.setPositionState) return;
    navigator.mediaSession.setPositionState({ duration: seconds, position: now, playbackRate: audio.playbackRate });
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
    if (!navigator.mediaSession || !globalThis.MediaMetadata) return;
    const { title, cover } = queue[current];
    const artist = document.querySelector(".masthead").textContent.trim();
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, artwork: cover ? [{ src: cover, type: "image/png" }] : [] });
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
    if (event.ctrlKey || event.altKey || event.metaKey || current < 0) return;
    const answer = event.key === " " && event.target === element("position") ? toggle : KEYS[event.key];
    if (!answer) return;
    event.preventDefault();
    answer();
  }

  function onSliderKey(event) {
    const by = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 }[event.key];
    const to = { Home: 0, End: queue[current].seconds }[event.key] ?? (by && audio.currentTime + by);
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    seek(to);
    showOnSlider();
  }

  function answerMediaKeys() {
    const answers = {
      play,
      pause: () => audio.pause(),
      seekbackward: ({ seekOffset }) => seek(audio.currentTime - (seekOffset ?? 10)),
      seekforward: ({ seekOffset }) => seek(audio.currentTime + (seekOffset ?? 10)),
      seekto: ({ seekTime }) => seek(seekTime),
      previoustrack: () => step(-1),
      nexttrack: () => step(1),
    };
    for (const [name, answer] of Object.entries(answers)) {
      try {
        navigator.mediaSession?.setActionHandler(name, answer);
      } catch {
        // A browser may not know this key.
      }
    }
  }

  // --- begin

  // The link to the sound becomes a button of the same name, and another one.
  function bringToLife(card) {
    const link = card.querySelector(".listen a");
    const title = card.querySelector("h2 a, h3 a");
    card.dataset.sound = link.href;
    const plays = button(words.play, () => playCard(card));
    plays.id = link.id;
    const queued = button(words.add_to_queue, () => addOrRemove(card));
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
    audio.preservesPitch = audio.webkitPreservesPitch = true;
    cards.forEach(bringToLife);
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
    for (const name of ["error", "loadstart", "playing"]) audio.addEventListener(name, showFailure);
    // Sound that plays on unheard is heard as soon as there is a device for it.
    navigator.mediaDevices?.addEventListener("devicechange", () => audio.error && !audio.paused && play());
    addEventListener("pagehide", keepPlace);
    answerMediaKeys();
    const before = kept(sessionStorage, QUEUE);
    queue = Array.isArray(before.queue) ? before.queue : [];
    if (queue[before.current]) choose(before.current);
    else showPlaying();
  }

  begin();
})();
