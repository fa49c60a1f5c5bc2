// Sound heard in its place, and progress that comes by itself. Without this script links play in a page of their own,
// and a page is loaded again to see how far it is.
"use strict";

const sound = new Audio();
let playing = null;

function ended() {
  playing?.removeAttribute("data-sounding");
  playing = null;
}

function play(control, address) {
  const again = playing === control;
  sound.pause();
  ended();
  if (again) {
    return;
  }
  playing = control;
  control.setAttribute("data-sounding", "");
  sound.src = address;
  sound.play().catch(() => ended());
}

for (const name of ["ended", "error"]) {
  sound.addEventListener(name, ended);
}

function tell(text) {
  const place = document.getElementById("heard");
  if (place) {
    place.classList.remove("hidden");
    place.classList.add("error");
    place.textContent = text;
  }
}

async function hear(button) {
  const asked = new URLSearchParams(new FormData(button.form));
  asked.set("plain", "yes");
  const answer = await fetch(button.formAction, { method: "POST", body: asked });
  if (answer.ok) {
    play(button, URL.createObjectURL(await answer.blob()));
  } else {
    tell(await answer.text());
  }
}

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-hear]");
  if (!control || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  if (control.matches("a")) {
    event.preventDefault();
    play(control, control.href);
  } else if (isComplete(control.form)) {
    event.preventDefault();
    hear(control);
  }
});

// Enter in a field is to hear, never to keep: what is kept changes every edition.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-say] input")) {
    event.preventDefault();
    event.target.form.querySelector("button[data-hear]").click();
  }
});

// Firefox calls a field wrong while nobody has written into it yet, and what Chromium says of it when its form is refused
// is not told to a screen reader. So a field is required once its form is sent, and what is wrong is told beside it.
function begin(field) {
  field.required = false;
  field.setAttribute("aria-required", "true");
}

function isComplete(form) {
  for (const field of form.querySelectorAll("[aria-required]")) {
    field.required = true;
  }
  return form.checkValidity();
}

document.addEventListener("submit", (event) => {
  if (!isComplete(event.target)) {
    event.preventDefault();
  }
});

document.addEventListener("invalid", (event) => {
  const field = event.target;
  event.preventDefault();
  if (field !== field.form.querySelector(":is(input, textarea, select):invalid")) {
    return;
  }
  document.getElementById("wrong")?.remove();
  const wrong = document.createElement("p");
  Object.assign(wrong, { id: "wrong", className: "error", role: "alert", textContent: field.validationMessage });
  field.closest("p").after(wrong);
  field.focus();
}, true);

document.addEventListener("input", ({ target }) => {
  if (target.matches("[aria-required]")) {
    begin(target);
    document.getElementById("wrong")?.remove();
  }
});

document.querySelectorAll("[required]").forEach(begin);

function follow(work) {
  const events = new EventSource(work.dataset.events);
  let told = -1;
  events.addEventListener("progress", ({ data }) => {
    const { done, whole, far, sentence, heading } = JSON.parse(data);
    document.getElementById("bar").max = Math.max(whole, 1);
    document.getElementById("bar").value = done;
    document.getElementById("far").textContent = far;
    document.getElementById("now").textContent = sentence;
    document.getElementById("work").textContent = heading;
    const tenth = Math.floor((10 * done) / Math.max(whole, 1));
    if (tenth !== told) {
      told = tenth;
      document.getElementById("said-far").textContent = far;
    }
  });
  events.addEventListener("over", () => {
    events.close();
    const there = new URL(location);
    there.searchParams.set("over", "");
    there.hash = "work";
    location.replace(there);
  });
}

const work = document.querySelector("[data-events]");
if (work) {
  follow(work);
}

// A part of the page that takes longer comes into its place, and is told. The page is not loaded again: a screen reader
// would begin it anew, and lose the place. A request for a document, as only that is parsed without text becoming markup
// here.
function bring(waiting) {
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.addEventListener("load", () => {
    const part = request.status === 200 && request.response?.querySelector("section");
    if (!part) {
      return;
    }
    const brought = document.importNode(part, true);
    const hadFocus = waiting.contains(document.activeElement);
    waiting.replaceWith(brought);
    brought.querySelectorAll("[required]").forEach(begin);
    if (hadFocus) {
      brought.querySelector("h2").focus();
    }
    if (brought.matches("[data-wait]")) {
      bring(brought);
    } else {
      document.getElementById("came").textContent = brought.dataset.told;
    }
  });
  request.open("GET", waiting.dataset.wait);
  request.send();
}

const waiting = document.querySelector("[data-wait]");
if (waiting) {
  bring(waiting);
}

// Browsers scroll to the place that an address names; not all of them put the focus there.
document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus();
