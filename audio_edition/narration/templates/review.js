"use strict";
(() => {
  const RATE_HZ = 16000, EDGE_SECONDS = 1;
  const data = JSON.parse(document.getElementById("data").textContent);
  const status = document.getElementById("status");
  if (!status) return;
  const downloadButton = document.getElementById("download");
  let unsaved = false;

  // --- sound

  let context = null, playing = null;

  const decoded = (sound) => {
    const bytes = atob(sound), samples = new Float32Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const value = bytes.charCodeAt(i) / 127.5 - 1;
      samples[i] = Math.sign(value) * (Math.pow(256, Math.abs(value)) - 1) / 255;
    }
    return samples;
  };

  const stop = () => {
    if (playing) playing.stop();
    playing = null;
  };

  const play = (take, start, end) => {
    stop();
    const samples = decoded(take.sound);
    const from = Math.max(0, Math.round((start - take.from) * RATE_HZ));
    const part = samples.subarray(from, Math.max(from + 1, Math.round((end - take.from) * RATE_HZ)));
    if (!part.length) return;
    context = context || new AudioContext();
    context.resume();
    const buffer = context.createBuffer(1, part.length, RATE_HZ);
    buffer.copyToChannel(part, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.onended = () => { if (playing === source) playing = null; };
    playing = source;
    source.start();
  };

  // --- places

  class Place {
    constructor(item) {
      this.item = item;
      this.data = data.places[Number(item.dataset.place)];
      this.accepted = item.querySelector("[data-accepted]");
      this.words = item.querySelector("input[type=text]");
      this.edges = {};
      for (const field of item.querySelectorAll("input[data-edge]")) this.edges[field.dataset.edge] = field;
      this.showTake();
      item.addEventListener("click", (event) => this.clicked(event));
      item.addEventListener("keydown", (event) => this.pressed(event));
      item.addEventListener("change", (event) => this.altered(event));
    }

    get fate() { return this.item.querySelector("input[type=radio]:checked").value; }

    get take() { return this.data.takes[/^\d+$/.test(this.fate) ? Number(this.fate) : 0]; }

    get span() { return [Number(this.edges.start.value), Number(this.edges.end.value)]; }

    get isDecided() { return this.accepted.checked; }

    showTake() {
      if (!this.take) return;
      for (const [edge, field] of Object.entries(this.edges)) {
        field.min = this.take.from.toFixed(3);
        field.max = this.take.to.toFixed(3);
        field.value = this.take[edge].toFixed(3);
      }
    }

    move(edge, milliseconds) {
      this.set(edge, Number(this.edges[edge].value) + milliseconds / 1000);
      this.accept();
      status.textContent = `${edge === "start" ? "Start" : "End"} ${this.edges[edge].value} seconds`;
    }

    // An edge stays within the sound, and 10 milliseconds from the other.
    set(edge, seconds) {
      const [start, end] = this.span;
      const low = edge === "start" ? this.take.from : start + 0.01;
      const high = edge === "start" ? end - 0.01 : Math.max(this.take.to, this.take.end);
      const wanted = Number.isFinite(seconds) ? seconds : this.take[edge];
      this.edges[edge].value = Math.min(Math.max(wanted, low), high).toFixed(3);
    }

    hear(what) {
      const [start, end] = this.span;
      if (what === "start") play(this.take, start, Math.min(end, start + EDGE_SECONDS));
      else if (what === "end") play(this.take, Math.max(start, end - EDGE_SECONDS), end);
      else if (what === "around") play(this.take, this.take.from, this.take.to);
      else play(this.take, start, end);
    }

    clicked(event) {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.hear) this.hear(button.dataset.hear);
      else if (button.dataset.step) this.move(button.dataset.edge, Number(button.dataset.step));
      else if ("next" in button.dataset) {
        this.accept();
        const next = places[places.indexOf(this) + 1];
        (next ? next.item.querySelector("h3") : downloadButton).focus();
      }
    }

    pressed(event) {
      const edge = event.target.matches("input[data-edge]") && event.target.dataset.edge;
      if (!edge || event.altKey || event.ctrlKey || event.metaKey) return;
      const step = { ArrowUp: 10, ArrowDown: -10, PageUp: 100, PageDown: -100 }[event.key];
      if (step) this.move(edge, step);
      else if (event.key === "Enter") { this.set(edge, parseFloat(event.target.value)); this.hear(edge); }
      else return;
      event.preventDefault();
    }

    altered(event) {
      if (event.target.matches("input[data-edge]")) this.set(event.target.dataset.edge, parseFloat(event.target.value));
      if (event.target.matches("input[type=radio]")) this.showTake();
      this.accept(event.target === this.accepted ? this.accepted.checked : true);
    }

    // What somebody changes they accept, until they say otherwise.
    accept(accepted = true) {
      this.accepted.checked = accepted;
      this.item.toggleAttribute("data-decided", this.isDecided);
      unsaved = true;
      tell();
    }

    where() {
      const [start, end] = this.span;
      return { recording: this.take.recording, start, end };
    }

    decision() {
      const { id, text } = this.data;
      if (!id) {
        const said = this.words.value.trim();
        const keep = this.fate === "keep";
        return { ...this.where(), keep, ...(said ? { text: said.slice(0, 2000) } : {}) };
      }
      if (/^\d+$/.test(this.fate)) return { id, text, ...this.where(), accepted: true };
      return { id, text, unread: this.fate, accepted: true };
    }
  }

  const places = [...document.querySelectorAll(".place")].map((item) => new Place(item));

  const tell = () => {
    status.textContent = `${places.filter((place) => place.isDecided).length} of ${places.length} places decided`;
  };

  // --- the file

  const decisions = () => {
    const decided = places.filter((place) => place.isDecided);
    return {
      ...data.head,
      recordings: data.recordings,
      sentences: decided.filter((place) => place.data.id).map((place) => place.decision()),
      extras: decided.filter((place) => !place.data.id).map((place) => place.decision()),
    };
  };

  const wordless = () => places.find(
    (place) => place.isDecided && !place.data.id && place.fate === "keep" && !place.words.value.trim());

  downloadButton.addEventListener("click", () => {
    const lacking = wordless();
    if (lacking) {
      status.textContent = "Write the words of the announcement that is kept.";
      lacking.words.focus();
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(decisions(), null, 1) + "\n"], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    URL.revokeObjectURL(link.href);
    unsaved = false;
    status.textContent = "The decisions are downloaded as decisions.json.";
  });

  document.addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  tell();
})();
