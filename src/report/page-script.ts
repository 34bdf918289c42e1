/** The script of the page of a report: it hides what the filter leaves out. It reads the page and loads nothing. */

export const pageScript = `
'use strict';
const filter = document.getElementById('filter');
const search = document.getElementById('search');
const status = document.getElementById('status');
const boxes = [...filter.querySelectorAll('input[type=checkbox]')];
const parts = [...document.querySelectorAll('.part')].map((part) => ({
  part,
  groups: [...part.querySelectorAll('.group')].map((group) => ({ group, details: group.querySelector('details') })),
  items: [...part.querySelectorAll('.item')].map((item) => {
    const group = item.closest('.group');
    const shared = group ? group.querySelector('.fields')?.textContent ?? '' : '';
    return { item, text: (item.textContent + ' ' + shared).toLowerCase() };
  }),
}));
function update() {
  const words = search.value.toLowerCase().split(/\\s+/u).filter((word) => word !== '');
  const shownKinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  let shown = 0;
  let all = 0;
  for (const { part, groups, items } of parts) {
    const isShown = shownKinds.has(part.dataset.kind);
    let found = 0;
    for (const { item, text } of items) {
      const matches = words.every((word) => text.includes(word));
      item.hidden = !matches;
      if (matches) found += 1;
    }
    for (const { group, details } of groups) {
      group.hidden = !group.querySelector('.item:not([hidden])');
      details.open = words.length > 0 && !group.hidden;
    }
    part.hidden = !isShown || found === 0;
    all += items.length;
    if (isShown) shown += found;
  }
  status.textContent = shown + ' of ' + all + ' entries shown';
}
let timer;
search.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(update, 100); });
for (const box of boxes) box.addEventListener('change', update);
filter.querySelector('form').addEventListener('reset', () => setTimeout(update));
filter.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});
filter.hidden = false;
update();
`;
