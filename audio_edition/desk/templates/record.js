// Reading aloud at the desk: what the microphone gives is sent to the disk second by second, and only what the desk says
// it has is let go of here. Nothing is kept by this script that the page does not show.
"use strict";

const PIECE_SECONDS = 1;
const MOST_WAITING_SECONDS = 600;
const LAST_BYTES = 60_000; // what a browser still sends of a page that is closed
const BETWEEN_ATTEMPTS_MS = 1000;
const SLOW_MS = 1000;
const HEARD_SECONDS = 5;
const AGAIN_MS = 10_000;
const TOO_LOUD = 0.98;
const TOO_QUIET = 0.03;
const NOTHING = 0.001;

const recorder = document.getElementById("recorder");
const reading = document.getElementById("reading");
const sentences = [...reading.querySelectorAll("input")];
const at = (id) => document.getElementById(id);

// --- how the text looks, remembered for this reader

function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=strict`;
}

function look() {
  reading.className = `reading size-${at("size").value} colours-${at("colours").value}`;
  remember("desk-reading", `${at("size").value}.${at("colours").value}`);
}

at("size").addEventListener("change", look);
at("colours").addEventListener("change", look);

function current() {
  return sentences.find((each) => each.checked) ?? sentences[0];
}

for (const link of document.querySelectorAll("[data-to]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const there = at(`r-${link.dataset.to}`);
    there.checked = true;
    there.focus();
    show();
  });
}

// --- the desk: pieces go there one after another

class Pieces {
  constructor(facts) {
    this.length = facts.length; // samples that the desk has
    this.rate = facts.rate;
    this.waiting = [];
    this.blocks = [];
    this.gathered = 0;
    this.marks = [];
    this.sending = null;
    this.failed = false;
  }

  get end() {
    return this.length + this.waiting.reduce((sum, piece) => sum + piece.samples.length, 0) + this.gathered;
  }

  mark(sentence) {
    this.marks.push([this.end, sentence.labels[0].firstElementChild.textContent]);
  }

  take(samples) {
    this.blocks.push(samples);
    this.gathered += samples.length;
    if (this.gathered >= PIECE_SECONDS * this.rate) {
      this.cut();
    }
  }

  cut() {
    if (!this.gathered) {
      return;
    }
    const samples = new Int16Array(this.gathered);
    let place = 0;
    for (const block of this.blocks) {
      samples.set(block, place);
      place += block.length;
    }
    this.waiting.push({ samples, marks: this.marks });
    this.blocks = [];
    this.gathered = 0;
    this.marks = [];
    this.sending ??= this.send().finally(() => {
      this.sending = null;
    });
  }

  request(piece, more = {}) {
    const asked = new URLSearchParams({ name: recorder.dataset.name, rate: this.rate, at: this.length });
    if (piece.marks.length) {
      asked.set("marks", JSON.stringify(piece.marks));
    }
    const headers = { "x-desk-token": at("token").value, "content-type": "application/octet-stream" };
    return fetch(`${recorder.dataset.piece}?${asked}`, { method: "POST", headers, body: piece.samples, ...more });
  }

  async send() {
    while (this.waiting.length && !this.failed) {
      const [piece] = this.waiting;
      const answer = await this.request(piece).catch(() => null);
      const said = answer && (await answer.json().catch(() => null));
      if (answer?.ok && said) {
        this.waiting.shift();
        this.length = said.length;
        calm("unreachable");
        showTime();
      } else if (!answer || answer.status >= 500) {
        alarm("unreachable", said?.error ? `${said.error} ${words.unreachable}` : words.unreachable);
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
      } else {
        this.failed = true;
        stop(); // which waits for this
        alarm("refused", said?.error ?? words.stale);
        rescue(this.waiting);
      }
    }
  }

  get isBehind() {
    return this.waiting.length > MOST_WAITING_SECONDS / PIECE_SECONDS;
  }

  // The page is closed: a browser sends a little more for it.
  last() {
    this.cut();
    const [piece] = this.waiting;
    if (piece && this.waiting.length === 1 && !this.sending && 2 * piece.samples.length <= LAST_BYTES) {
      this.request(piece, { keepalive: true }).catch(() => null);
    }
  }
}

// What the desk did not take can be saved as a file.
function rescue(waiting) {
  if (!waiting.length) {
    return;
  }
  const bytes = 2 * waiting.reduce((sum, piece) => sum + piece.samples.length, 0);
  const head = new DataView(new ArrayBuffer(44));
  const text = (place, letters) => [...letters].forEach((each, number) => head.setUint8(place + number, each.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, pieces.rate, true);
  head.setUint32(28, 2 * pieces.rate, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, "data");
  head.setUint32(40, bytes, true);
  const blob = new Blob([head, ...waiting.map((piece) => piece.samples)], { type: "audio/wav" });
  at("rescued").href = URL.createObjectURL(blob);
  at("rescue").hidden = false;
}

// --- what is told

function tell(text) {
  at("told").textContent = text;
}

const alarms = new Map(); // what is wrong now, and since when it is told
function alarm(name, text) {
  const now = performance.now();
  if (now - (alarms.get(name) ?? -Infinity) < AGAIN_MS) {
    return;
  }
  alarms.set(name, now);
  at("alarm").className = "error";
  at("alarm").dataset.about = name;
  at("alarm").textContent = text;
}

function calm(name) {
  if (at("alarm").dataset.about === name) {
    at("alarm").textContent = "";
    at("alarm").className = "";
    delete at("alarm").dataset.about;
    alarms.delete(name);
  }
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function showTime() {
  if (pieces.rate) {
    at("time").textContent = clock(pieces.length / pieces.rate);
    at("kept").textContent = words.kept;
    at("then").hidden = false;
  }
}

// --- the microphone

let open = null;
let isRecording = false;
let isTrying = false;
let awake = null; // keeps the screen on while somebody reads from it
let heard = []; // peaks of the last seconds

const REFUSALS = { NotAllowedError: "refused", NotFoundError: "none", OverconstrainedError: "none" };

function refusal(error) {
  return words[REFUSALS[error.name] ?? "busy"];
}

async function openMicrophone() {
  if (!navigator.mediaDevices || !window.AudioWorkletNode) {
    throw new Error(words.not_here);
  }
  const wanted = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const chosen = at("microphone").value;
  const audio = chosen ? { ...wanted, deviceId: { exact: chosen } } : wanted;
  const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((error) => {
    throw new Error(refusal(error));
  });
  const context = new AudioContext(pieces.rate ? { sampleRate: pieces.rate } : {});
  open = { stream, context };
  await context.audioWorklet.addModule("/microphone.js");
  const node = new AudioWorkletNode(context, "microphone", { channelCount: 1, channelCountMode: "explicit" });
  try {
    context.createMediaStreamSource(stream).connect(node);
  } catch {
    throw new Error(words.other_rate); // Firefox takes a microphone at its own rate only
  }
  node.connect(context.destination); // silence: it is asked for samples only if it leads somewhere
  await context.resume();
  node.port.onmessage = ({ data }) => hearBlock(data, context.sampleRate);
  const [track] = stream.getAudioTracks();
  track.addEventListener("ended", () => pulledOut());
  await listMicrophones();
}

async function closeMicrophone() {
  const was = open;
  open = null;
  was?.stream.getTracks().forEach((track) => track.stop());
  await was?.context.close();
  at("level").value = -60;
  heard = [];
}

async function pulledOut() {
  if (!open) {
    return;
  }
  const was = isRecording;
  await stop();
  await closeMicrophone();
  alarm("microphone", was ? words.pulled_out : words.gone);
  await listMicrophones();
}

async function listMicrophones() {
  const select = at("microphone");
  const known = ((await navigator.mediaDevices?.enumerateDevices()) ?? []).filter((each) => each.kind === "audioinput");
  const liked = new URLSearchParams(document.cookie.replaceAll("; ", "&")).get("desk-microphone");
  const chosen = select.value;
  select.replaceChildren(select.options[0]);
  for (const each of known.filter(({ deviceId, label }) => label && deviceId !== "default")) {
    select.add(new Option(each.label, each.deviceId));
  }
  const again = [...select.options].find((each) => (chosen ? each.value === chosen : each.text === liked));
  select.value = again?.value ?? "";
}

function hearBlock({ samples, peak }, rate) {
  at("level").value = Math.max(-60, 20 * Math.log10(Math.max(peak, 1e-4)));
  heard.push(peak);
  heard = heard.slice(-Math.ceil((HEARD_SECONDS * rate) / samples.length));
  warn(rate / samples.length);
  if (!isRecording) {
    return;
  }
  pieces.take(samples);
  if (pieces.isBehind) {
    stop();
    alarm("behind", words.behind);
    rescue(pieces.waiting);
  }
}

// The level, for those who do not see the meter: once, and again only if it stays so.
function warn(blocksASecond) {
  const most = Math.max(...heard);
  const loud = heard.slice(-2 * blocksASecond).filter((peak) => peak >= TOO_LOUD).length;
  const isLong = heard.length >= (HEARD_SECONDS - 1) * blocksASecond;
  if (loud >= 2) {
    alarm("loud", words.too_loud);
  } else if (!isRecording && !isTrying) {
    calm("quiet");
    calm("silent");
  } else if (isLong && most < NOTHING) {
    alarm("silent", words.silent);
  } else if (isLong && most < TOO_QUIET) {
    alarm("quiet", words.too_quiet);
  }
  if (!heard.some((peak) => peak >= TOO_LOUD)) {
    calm("loud");
  }
  if (most >= TOO_QUIET) {
    calm("quiet");
    calm("silent");
  }
}

// --- record, stop, hear

async function start() {
  sound.pause();
  try {
    if (!open) {
      await openMicrophone();
    }
  } catch (error) {
    await closeMicrophone();
    alarm("microphone", error.message);
    return;
  }
  calm("microphone");
  calm("silent");
  if (pieces.rate && pieces.rate !== open.context.sampleRate) {
    alarm("rate", words.other_rate);
    return;
  }
  pieces.rate = open.context.sampleRate;
  pieces.mark(current());
  note(current());
  isRecording = true;
  isTrying = false;
  awake = await navigator.wakeLock?.request("screen").catch(() => null);
  heard = [];
  show();
  tell(words.recording);
}

async function stop() {
  if (!isRecording) {
    return;
  }
  isRecording = false;
  awake?.release();
  pieces.cut();
  show();
  const isSlow = setTimeout(tell, SLOW_MS, words.stopping); // two messages at once are told as the last one twice
  await pieces.sending;
  clearTimeout(isSlow);
  if (pieces.failed) {
    tell("");
  } else {
    tell(words.stopped.replace("{time}", clock(pieces.length / pieces.rate)));
  }
  show();
}

const places = new Map(); // from which second of the recording each sentence is heard
for (const each of sentences) {
  if (Number(each.dataset.at) >= 0) {
    places.set(each, Number(each.dataset.at));
  }
}

function note(sentence) {
  places.set(sentence, pieces.end / pieces.rate);
  sentence.closest("p").classList.add("done");
}

function show() {
  const [here, button] = [current(), at("record")];
  const again = places.has(here) || sentences.slice(sentences.indexOf(here)).some((each) => places.has(each));
  button.textContent = isRecording ? words.stop : again ? words.again : words.record;
  button.toggleAttribute("data-recording", isRecording);
  at("hear").disabled = isRecording || !pieces.length;
  at("microphone").disabled = isRecording;
  at("try").disabled = isRecording;
}

const toggle = () => (isRecording ? stop() : start());

function hear() {
  if (!sound.paused) {
    sound.pause();
    return;
  }
  const place = places.get(current()) ?? 0;
  sound.src = `${recorder.dataset.sound}&length=${pieces.length}#t=${place}`;
  sound.play().catch(() => tell(words.not_heard));
}

function reached() {
  const here = current();
  if (isRecording) {
    pieces.mark(here);
    note(here);
  }
  here.closest("p").scrollIntoView({ block: "center", behavior: "instant" });
  show();
}

let words = {};
let pieces = null;

function begin() {
  const facts = JSON.parse(recorder.dataset.facts);
  words = facts.words;
  pieces = new Pieces(facts);
  at("needs-script").hidden = true;
  recorder.hidden = false;
  at("record").addEventListener("click", toggle);
  at("hear").addEventListener("click", hear);
  reading.addEventListener("change", reached);
  reading.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      toggle();
    }
  });
  at("try").addEventListener("click", async () => {
    await closeMicrophone();
    try {
      await openMicrophone();
      isTrying = true;
      calm("microphone");
      tell(words.open);
    } catch (error) {
      await closeMicrophone();
      alarm("microphone", error.message);
    }
  });
  at("microphone").addEventListener("change", async () => {
    const { selectedOptions } = at("microphone");
    remember("desk-microphone", at("microphone").value ? selectedOptions[0].text : "");
    await closeMicrophone();
  });
  navigator.mediaDevices?.addEventListener("devicechange", listMicrophones);
  listMicrophones();
  for (const name of ["pause", "ended", "playing"]) {
    sound.addEventListener(name, () => {
      at("hear").textContent = sound.paused ? words.hear : words.stop_hearing;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (isRecording || pieces.waiting.length) {
      event.preventDefault();
    }
  });
  window.addEventListener("pagehide", () => pieces.last());
  // Go on behind what was read: at the sentence that was reached.
  const last = [...places.entries()].sort(([, one], [, other]) => other - one)[0];
  if (last) {
    last[0].checked = true;
    places.forEach((_, each) => each.closest("p").classList.add("done"));
  }
  show();
}

if (recorder) {
  begin();
}
