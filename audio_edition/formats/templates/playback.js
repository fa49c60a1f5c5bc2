"use strict";
// What the player of an edition's page and that of a site have in common. Both scripts begin with this one.
const playback = (audio, words) => {
  const LATE = 0.005; // seconds that a browser may round a time down
  const element = (id) => document.getElementById(id);
  let telling = 0;

  // --- what is kept, in the store of that name

  function kept(key, store = "localStorage") {
    try {
      return JSON.parse(globalThis[store].getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function keep(key, value, store = "localStorage") {
    try {
      globalThis[store].setItem(key, JSON.stringify(value));
    } catch {
      // A browser may forbid it. The page plays all the same.
    }
  }

  // --- words

  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/gu, (whole, name) => values[name] ?? whole);

  function hoursMinutesSeconds(seconds) {
    const whole = Math.floor(seconds + LATE);
    return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  }

  function clock(seconds) {
    const parts = hoursMinutesSeconds(seconds);
    if (!parts[0]) parts.shift();
    return parts.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
  }

  function inWords(seconds) {
    const [hour, minute, second] = hoursMinutesSeconds(seconds);
    const parts = Object.entries({ hour, minute, second });
    const named = parts.filter(([unit, count]) => count || (unit === "second" && !hour && !minute));
    return named.map(([unit, count]) => count.toLocaleString(words.language, { style: "unit", unit, unitDisplay: "long" })).join(" ");
  }

  // Tells a screen reader. The region is emptied first, so that the same words are told twice, and again some seconds
  // later, so that nobody who reads on meets old news. Of words told at once the last are spoken.
  function tell(what) {
    clearTimeout(telling);
    element("told").textContent = "";
    telling = setTimeout(() => {
      element("told").textContent = what;
      telling = setTimeout(() => (element("told").textContent = ""), 10000);
    }, 50);
  }

  // --- failures

  // Says what is wrong, and takes it back once the sound is loaded again. Where a device for sound is missing, Firefox
  // and Chromium tell so in the words of the error alone, and Firefox plays on unheard.
  function showFailure(unplayable) {
    const { code, message } = audio.error ?? {};
    const noDevice = code === MediaError.MEDIA_ERR_DECODE && /sink|renderer/i.test(message);
    const failure = !code ? "" : noDevice ? words.no_device : unplayable;
    if (failure === element("failed").textContent) return;
    element("failed").textContent = failure;
    if (!failure) return;
    tell(failure);
    if (!noDevice) audio.pause();
  }

  function watchForFailure(onChange, play) {
    for (const name of ["error", "loadstart", "playing"]) audio.addEventListener(name, onChange);
    // Sound that plays on unheard is heard as soon as there is a device for it.
    navigator.mediaDevices?.addEventListener("devicechange", () => audio.error && !audio.paused && play());
  }

  // --- keys

  const isShortcut = (event) => event.ctrlKey || event.altKey || event.metaKey;

  // Where a key on the slider leads to, in steps finer and coarser than a slider's own: five seconds, a minute.
  function sliderTarget(event, total) {
    if (isShortcut(event)) return undefined;
    const by = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 }[event.key];
    return { Home: 0, End: total }[event.key] ?? (by && audio.currentTime + by);
  }

  // --- media keys, lock screens

  function answerMediaKeys({ play, seek, previous, next }) {
    const answers = {
      play,
      pause: () => audio.pause(),
      seekbackward: ({ seekOffset }) => seek(audio.currentTime - (seekOffset ?? 10)),
      seekforward: ({ seekOffset }) => seek(audio.currentTime + (seekOffset ?? 10)),
      seekto: ({ seekTime }) => seek(seekTime),
      previoustrack: previous,
      nexttrack: next,
    };
    for (const [name, answer] of Object.entries(answers)) {
      try {
        navigator.mediaSession?.setActionHandler(name, answer);
      } catch {
        // A browser may not know this key.
      }
    }
  }

  function showOnLockScreen(about) {
    if (navigator.mediaSession && globalThis.MediaMetadata) navigator.mediaSession.metadata = new MediaMetadata(about);
  }

  function showPositionOnLockScreen(position, duration) {
    navigator.mediaSession?.setPositionState?.({ duration, position, playbackRate: audio.playbackRate });
  }

  audio.preservesPitch = audio.webkitPreservesPitch = true;
  return {
    LATE, element, kept, keep, fill, clock, inWords, tell, showFailure, watchForFailure, isShortcut, sliderTarget,
    answerMediaKeys, showOnLockScreen, showPositionOnLockScreen,
  };
};
