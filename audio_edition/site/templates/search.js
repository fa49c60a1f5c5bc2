// Finds editions by words of their titles and texts. A question is taken apart as words.py does it; each of its words is
// looked up in the one file of the index that can hold it, also as the beginning of longer words.
"use strict";

const status = document.getElementById("status");
const words = JSON.parse(status.dataset.words);
const plurals = new Intl.PluralRules(words.language);
const called = document.title;

const SHOWN = 20;
const PER_FILE = 100;
const LONGEST = 40;
const MOST_WORDS = 12;
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;

const form = document.querySelector("form");
const input = document.getElementById("q");
const results = document.getElementById("results");
const list = document.getElementById("list");
const more = document.getElementById("more");
const files = new Map();
let asked = 0;
let telling = 0;

// Tells how a search went, also to a screen reader: emptied first, so that the same answer is told twice.
function tell(what) {
  clearTimeout(telling);
  status.textContent = "";
  if (what) telling = setTimeout(() => (status.textContent = what), 50);
}

function wordsOf(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "").replace(/ς/gu, "σ").replace(/[^\p{L}\p{N}]/gu, " ");
  const found = new Set();
  for (const run of plain.split(" ").filter(Boolean)) {
    for (const word of run.split(UNSPACED).filter(Boolean)) found.add([...word].slice(0, LONGEST).join(""));
    for (const [unspaced] of run.matchAll(UNSPACED)) {
      const characters = [...unspaced];
      if (characters.length === 1) found.add(unspaced);
      characters.slice(1).forEach((character, index) => found.add(characters[index] + character));
    }
  }
  return [...found];
}

function shardOf(word) {
  let value = 0x811c9dc5;
  for (const character of [...word].slice(0, 2)) {
    value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
  }
  const folded = (value ^ (value >>> 8) ^ (value >>> 16) ^ (value >>> 24)) & 0xff;
  return folded.toString(16).padStart(2, "0");
}

async function load(path) {
  if (!files.has(path)) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    files.set(path, new Map(Object.entries(await answer.json())));
  }
  return files.get(path);
}

// How well each edition answers one word: whole before beginning, title before text.
async function ranks(word) {
  const found = new Map();
  const prefix = [...word].length > 1;
  for (const [known, doubled] of await load(`search/words/${shardOf(word)}.json`)) {
    if (known !== word && !(prefix && known.startsWith(word))) continue;
    for (const entry of doubled) {
      const number = Math.floor(entry / 2);
      const rank = (entry % 2 ? 4 : 1) * (known === word ? 2 : 1);
      found.set(number, Math.max(rank, found.get(number) ?? 0));
    }
  }
  return found;
}

// The numbers of the editions that hold all words, the best first; of equal ones the later.
async function find(words) {
  const [first, ...others] = await Promise.all(words.map(ranks));
  const sums = [...first].filter(([number]) => others.every((found) => found.has(number)));
  const ranked = sums.map(([number, rank]) => [others.reduce((sum, found) => sum + found.get(number), rank), number]);
  return ranked.sort((one, other) => other[0] - one[0] || other[1] - one[1]).map(([, number]) => number);
}

async function shown(number) {
  const editions = await load(`search/editions/${Math.floor(number / PER_FILE)}.json`);
  return editions.get(String(number));
}

function article(edition) {
  const entry = document.createElement("article");
  const [heading, link, facts, text] = ["h3", "a", "p", "p"].map((name) => document.createElement(name));
  link.textContent = edition.title;
  link.href = edition.page;
  facts.textContent = edition.facts;
  facts.className = "facts";
  text.textContent = edition.description;
  for (const element of [heading, text]) {
    element.lang = edition.language;
    element.dir = edition.direction;
  }
  heading.append(link);
  entry.append(heading, facts, text);
  return entry;
}

async function show(numbers, turn) {
  const editions = (await Promise.all(numbers.slice(0, SHOWN).map(shown))).filter(Boolean);
  if (turn !== asked) return;
  const entries = editions.map(article);
  list.append(...entries);
  more.hidden = numbers.length <= SHOWN;
  more.onclick = async () => {
    const before = list.childElementCount;
    await show(numbers.slice(SHOWN), turn);
    list.children[before]?.querySelector("a").focus();
  };
}

async function search() {
  const question = input.value.trim();
  const asking = wordsOf(question).slice(0, MOST_WORDS);
  const turn = ++asked;
  list.replaceChildren();
  results.hidden = true;
  document.title = question ? `“${question}” – ${called}` : called;
  if (asking.length === 0) {
    tell(question ? words.no_word : "");
    return;
  }
  try {
    const numbers = await find(asking);
    if (turn !== asked) return;
    await show(numbers, turn);
    if (turn !== asked) return;
    results.hidden = numbers.length === 0;
    const form = numbers.length ? words.found[plurals.select(numbers.length)] ?? words.found.other : words.none_found;
    tell(form.replace("{number}", numbers.length).replace("{question}", () => question));
  } catch {
    if (turn !== asked) return;
    tell(location.protocol === "file:" ? words.search_from_folder : words.search_failed);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(location.href);
  address.searchParams.set("q", input.value);
  history.pushState(null, "", address);
  search();
});

function fromAddress() {
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
}

addEventListener("popstate", fromAddress);
fromAddress();
