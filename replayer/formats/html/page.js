// The stage: where the reader is in the run, and what the network and the terminals were then.
const data = JSON.parse(document.getElementById('data').textContent);
const entries = [...document.querySelectorAll('.step')];
const last = entries.length - 1;
const $ = (id) => document.getElementById(id);
const scrubber = $('scrubber');
const MOST_LINES = 120; // of a terminal that are drawn
let current = -1;
let running = false; // while it plays: the current step's command has not ended yet

// The network

// "3-7 9-12" -> [[3, 7], [9, 12]]
const ranges = (text) => text.split(/\s+/).filter(Boolean).map((range) => {
  const [first, end] = range.split('-').map(Number);
  return [first, end ?? first];
});
const drawn = [...document.querySelectorAll('.picture [data-on]')].map((element) => ({element, on: ranges(element.dataset.on)}));
let highlighted = [];

function showNetwork(at) {
  let some = false;
  for (const {element, on} of drawn) {
    const here = on.some(([first, end]) => first <= at && at <= end);
    element.classList.toggle('off', !here);
    some ||= here;
  }
  if ($('bare')) $('bare').hidden = some;
  for (const element of highlighted) element.classList.remove('changed');
  highlighted = (data.changes?.[at] ?? []).map($).filter(Boolean);
  for (const element of highlighted) element.classList.add('changed');
}

function enlarge(large = $('enlarge')?.getAttribute('aria-pressed') !== 'true') {
  document.querySelector('.picture')?.classList.toggle('large', large);
  $('enlarge')?.setAttribute('aria-pressed', String(large));
}
$('enlarge')?.addEventListener('click', () => enlarge());

// The terminals

const tabs = [...document.querySelectorAll('[role=tab]')];
const screen = $('screen');
let terminal = tabs[0]?.textContent;

// What a terminal showed at a step, from the last command back: [entry with the command, entry with the output].
function history(at) {
  const shown = [];
  const closed = new Set();
  let lines = 0;
  for (let n = at; n >= 0 && lines < MOST_LINES; n--) {
    const step = data.steps[n];
    if (step.terminal !== terminal) continue;
    let pair = null;
    if (step.kind === 'run') pair = [n, running && n === at ? -1 : n];
    else if (step.kind === 'on' && !closed.has(n)) pair = [n, at === last ? n : -1];
    else if ((step.closes || step.kind === 'wait') && !closed.has(step.of) && step.of >= 0 && !(running && n === at)) {
      closed.add(step.of);
      pair = [step.of, n];
      pair.stopped = step.kind === 'stop';
    }
    if (!pair) continue;
    shown.unshift(pair);
    lines += pair[1] < 0 ? 1 : data.steps[pair[1]].lines + 1;
  }
  return shown;
}

function line(className, ...content) {
  const element = document.createElement('div');
  element.className = className;
  element.append(...content);
  return element;
}

function showTerminal(at) {
  const content = document.createElement('div');
  for (const [command, output, stopped] of history(at).map((pair) => [...pair, pair.stopped])) {
    const outputs = output < 0 ? [] : [...entries[output].querySelectorAll('.outs > .out')];
    const before = output === command ? entries[command].querySelector('.before > .out') : null;
    if (before) content.append(line('printed', before.firstElementChild.cloneNode(true)));
    const typed = [...entries[command].querySelectorAll('.typed')];
    typed.forEach((one, n) => {
      const prompt = line('prompt', one.cloneNode(true));
      if (command === at || output === at) prompt.classList.add('now');
      content.append(prompt);
      const own = typed.length === outputs.length ? outputs[n] : n === typed.length - 1 ? outputs.at(-1) : null;
      if (own) content.append(line('printed', own.firstElementChild.cloneNode(true)));
    });
    if (stopped) content.append(line('printed', '^C'));
  }
  const idle = data.steps[at]?.terminal !== terminal || !running;
  content.append(line(idle ? 'prompt cursor' : 'cursor'));
  screen.replaceChildren(content);
}

function choose(name) {
  terminal = name;
  tabs.forEach((tab) => {
    const chosen = tab.textContent === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) screen.setAttribute('aria-labelledby', tab.id);
  });
}

tabs.forEach((tab, n) => {
  tab.addEventListener('click', () => { choose(tab.textContent); showTerminal(current); });
  tab.addEventListener('keydown', (event) => {
    const to = {ArrowRight: n + 1, ArrowLeft: n - 1, Home: 0, End: tabs.length - 1}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const other = tabs[(to + tabs.length) % tabs.length];
    other.focus();
    other.click();
  });
});

// Where the reader is

const told = (at) => {
  const entry = entries[at];
  const verdict = [...entry.querySelectorAll('.badges > .outcome, .badges > .verdict')].map((e) => e.textContent).join(' ');
  return `${entry.getAttribute('aria-label')} ${verdict}`.slice(0, 300);
};

let addressed = 0;
function go(at, {scroll = true, focus = false, say = false, address = true, begun = false} = {}) {
  if (last < 0) return;
  at = Math.max(0, Math.min(last, at));
  const moved = at !== current;
  running = begun;
  if (moved) {
    entries[current]?.removeAttribute('aria-current');
    current = at;
    entries[at].setAttribute('aria-current', 'step');
    scrubber.value = at + 1;
    scrubber.setAttribute('aria-valuetext', `${at + 1} ${word('of', 'of')} ${last + 1}: ${told(at)}`);
    $('position').textContent = `${at + 1} / ${last + 1}`;
    showNetwork(at);
    const its = data.steps[at].terminal;
    if (data.steps[at].kind !== 'note' && its !== terminal && tabs.some((tab) => tab.textContent === its)) choose(its);
  }
  showTerminal(at);
  if (scroll) reveal(entries[at]);
  if (focus) entries[at].focus({preventScroll: true});
  if (say && moved) $('spoken').textContent = told(at);
  if (address && moved) {
    // Browsers refuse many changes of the address in a short time.
    clearTimeout(addressed);
    addressed = setTimeout(() => history_(entries[current].id), 250);
  }
}

function history_(id) {
  try { window.history.replaceState(null, '', `#${id}`); } catch { /* an address that cannot change */ }
}

// Brings a step into the part of the window that nothing lies over.
function reveal(entry) {
  const top = parseFloat(getComputedStyle(entry).scrollMarginTop) || 0;
  const bottom = parseFloat(getComputedStyle(entry).scrollMarginBottom) || 0;
  const box = entry.getBoundingClientRect();
  const room = innerHeight - top - bottom;
  if (box.top < top || box.height > room) scrollBy(0, box.top - top);
  else if (box.bottom > innerHeight - bottom) scrollBy(0, box.bottom - innerHeight + bottom);
}

const visible = (at) => !entries[at].hidden;
function move(by) {
  let at = current + by;
  while (at >= 0 && at <= last && !visible(at)) at += by;
  return at >= 0 && at <= last ? at : current;
}
function nextBad() {
  const bad = (n) => entries[n].matches('.failed, .errored') && visible(n);
  for (let n = 1; n <= last + 1; n++) if (bad((current + n) % (last + 1))) return (current + n) % (last + 1);
  return current;
}

// While the scrubber is drawn along, the stage follows at once; the text, where it comes to rest.
let resting = 0;
scrubber.addEventListener('input', () => {
  pause();
  go(scrubber.value - 1, {scroll: false});
  clearTimeout(resting);
  resting = setTimeout(() => reveal(entries[current]), 90);
});
$('previous').addEventListener('click', () => { pause(); go(move(-1), {say: true}); });
$('next').addEventListener('click', () => { pause(); go(move(1), {say: true}); });

// While a person scrolls, the stage follows what they read.
let reading = 0;
for (const kind of ['wheel', 'touchmove']) addEventListener(kind, (event) => {
  if (!event.target.closest?.('.stage')) reading = Date.now();
}, {passive: true});
let asked = false;
const stage = document.querySelector('.stage');
function fit() {
  // Below the head of the page the stage has less than the window.
  const above = Math.max(0, document.querySelector('.layout').getBoundingClientRect().top);
  // On the stage alone: a property of the root would cost a new style for everything.
  stage.style.setProperty('--above', `${Math.min(above, innerHeight / 2)}px`);
}
fit();
addEventListener('resize', fit);
addEventListener('scroll', () => {
  fit();
  if (asked || timer || Date.now() - reading > 1500) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const main = $('steps').getBoundingClientRect();
    const picture = document.querySelector('.picture')?.getBoundingClientRect();
    const top = picture && picture.left < main.right ? Math.max(0, picture.bottom) : 0;
    const y = scrollY < 80 ? top + 130 : top + (innerHeight - top) * 0.4;
    const entry = document.elementFromPoint(main.left + main.width / 2, y)?.closest('.step');
    if (entry) go(entries.indexOf(entry), {scroll: false, address: false});
  });
}, {passive: true});

$('steps').addEventListener('click', (event) => {
  const entry = event.target.closest('.step');
  if (!entry || event.target.closest('a, button, summary') || String(getSelection())) return;
  pause();
  go(entries.indexOf(entry), {scroll: false});
});

function follow() {
  const found = /^#step-\d+$/.test(location.hash) ? $(location.hash.slice(1)) : null;
  if (!found) return false;
  if (found.hidden) clearSearch();
  go(entries.indexOf(found), {focus: true, address: false});
  // Steps above are laid out only now: where this one is may change once more.
  requestAnimationFrame(() => reveal(found));
  return true;
}
addEventListener('hashchange', () => { pause(); follow(); });

// Playing

let timer = 0;
const short = (seconds) => Math.min(900, Math.max(220, seconds * 1000));

function pause() {
  clearTimeout(timer);
  timer = 0;
  document.body.classList.remove('playing');
  $('play').setAttribute('aria-label', word('play', 'Play'));
  if (running) go(current, {scroll: false});
}

function play() {
  document.body.classList.add('playing');
  $('play').setAttribute('aria-label', word('pause', 'Pause'));
  begin(current === last ? 0 : current);
}

// A step's command stands there while it runs; then its output, until the next one began.
function begin(at) {
  const step = data.steps[at];
  const real = $('pace').value === 'real';
  const seconds = step.end - step.at;
  go(at, {begun: seconds > 0, say: true, address: false});
  timer = setTimeout(() => {
    go(at, {address: false});
    const rest = at < last ? data.steps[at + 1].at - step.end : 0;
    timer = setTimeout(() => (at < last ? begin(at + 1) : pause()), real ? Math.max(0, rest) * 1000 : 380);
  }, real ? seconds * 1000 : step.kind === 'note' ? 900 : short(seconds));
}
$('play').addEventListener('click', () => (timer ? pause() : play()));

// Copying

async function copy(entry) {
  const text = [...entry.querySelectorAll('.command .typed')].map((typed) => typed.textContent).join('\n');
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'sr';
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    focused?.focus();
  }
  const button = entry.querySelector('.copy');
  button.classList.add('copied');
  button.dataset.said = word('copied', 'copied');
  $('spoken').textContent = word('copied', 'copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
}
$('steps').addEventListener('click', (event) => {
  const button = event.target.closest('.copy');
  if (button) copy(button.closest('.step'));
});

// Searching

const search = $('search');
let texts = null;
let waiting = 0;

function find() {
  texts ??= entries.map((entry) => entry.textContent.toLowerCase());
  const wanted = search.value.trim().toLowerCase();
  let found = 0;
  const batches = new Map();
  const ranges = [];
  entries.forEach((entry, n) => {
    const has = !wanted || texts[n].includes(wanted);
    if (entry.hidden === has) entry.hidden = !has;
    if (has) found++;
    batches.set(entry.parentElement, has || batches.get(entry.parentElement));
    if (has && wanted && ranges.length < 500) mark(entry, wanted, ranges);
  });
  for (const [batch, some] of batches) batch.classList.toggle('none', !some);
  globalThis.CSS?.highlights?.set('found', new Highlight(...ranges));
  $('found').textContent = wanted ? `${found} / ${entries.length}` : '';
  $('nothing').hidden = found > 0;
  if (wanted && found && !visible(current)) go(entries.findIndex((entry) => !entry.hidden), {address: false});
}

function mark(entry, wanted, ranges) {
  if (!globalThis.Highlight) return;
  const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0 && ranges.length < 500; at = text.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, Math.min(at + wanted.length, walker.currentNode.length));
      ranges.push(range);
    }
  }
}

function clearSearch() {
  search.value = '';
  find();
}
search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(find, 80); });
search.addEventListener('keydown', (event) => {
  event.stopPropagation();
  if (event.key === 'Escape') { clearSearch(); entries[current]?.focus({preventScroll: true}); reveal(entries[current]); }
  if (event.key === 'Enter') { find(); go(entries.findIndex((entry) => !entry.hidden), {focus: true}); }
});
document.addEventListener('spoken', () => { texts = null; });

// Keys

// Arrows up and down read on in a step that is taller than the window, before they leave it.
function passes(by) {
  const box = entries[current].getBoundingClientRect();
  return by > 0 ? box.bottom <= innerHeight : box.top >= 0;
}

const KEYS = {
  j: () => go(move(1), {focus: true}),
  k: () => go(move(-1), {focus: true}),
  Home: () => go(0, {focus: true}),
  End: () => go(last, {focus: true}),
  f: () => go(nextBad(), {focus: true}),
  p: () => (timer ? pause() : play()),
  c: () => copy(entries[current]),
  t: toggleTheme,
  z: () => enlarge(),
  Escape: () => enlarge(false),
  '/': () => { search.focus(); search.select(); },
};
KEYS.ArrowRight = KEYS.j;
KEYS.ArrowLeft = KEYS.k;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || last < 0) return;
  if (event.target.matches?.('input, select, textarea')) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const scrolled = event.target.closest?.('.out[tabindex], .screen');
  if ((key === 'ArrowDown' || key === 'ArrowUp') && !scrolled) {
    const by = key === 'ArrowDown' ? 1 : -1;
    if (!passes(by)) return;
    event.preventDefault();
    pause();
    go(move(by), {focus: true});
    return;
  }
  const action = KEYS[key];
  if (!action || (scrolled && /^(Arrow|Home|End)/.test(key))) return;
  event.preventDefault();
  if (!['p', 't', 'c', 'z', '/'].includes(key)) pause();
  action();
});

// Paper has no details to open
const opened = [];
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details:not([open])')) {
    one.open = true;
    opened.push(one);
  }
  showNetwork(last);
});
addEventListener('afterprint', () => {
  for (const one of opened.splice(0)) one.open = false;
  showNetwork(current);
});

if (!follow()) go(0, {scroll: false, address: false});
