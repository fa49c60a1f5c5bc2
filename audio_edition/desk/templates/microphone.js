// In the thread of the sound: what the microphone gives becomes samples of 16 bits, in blocks, each with its peak.
"use strict";

const BLOCK = 2048;

class Microphone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.begin();
  }

  begin() {
    this.samples = new Int16Array(BLOCK);
    this.filled = 0;
    this.peak = 0;
  }

  process([[channel]]) {
    for (const value of channel ?? []) {
      this.peak = Math.max(this.peak, Math.abs(value));
      this.samples[this.filled] = Math.round(32767 * Math.max(-1, Math.min(1, value)));
      this.filled += 1;
      if (this.filled === BLOCK) {
        this.port.postMessage({ samples: this.samples, peak: this.peak }, [this.samples.buffer]);
        this.begin();
      }
    }
    return true;
  }
}

registerProcessor("microphone", Microphone);
