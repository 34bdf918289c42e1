/** The style of the page of a report. Colours have a contrast of at least 4.5 to their background in both schemes. */

export const pageStyle = `
:root { color-scheme: light dark; --back: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --box: #f3f5f7;
  --red: #b3121d; --orange: #8a4600; --green: #116329; --blue: #0550ae; --purple: #6639ba; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0f1318; --text: #e6edf3; --soft: #9aa5b1; --line: #39424d; --box: #1a2027;
    --red: #ff8f86; --orange: #f0a35c; --green: #6cd07b; --blue: #79b8ff; --purple: #c8a6ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .25rem; } h3 { font-size: 1rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; } ul { margin: 0; padding: 0; list-style: none; }
code, pre, del, ins { font-family: ui-monospace, monospace; font-size: .875rem; white-space: pre-wrap; }
a { color: var(--blue); } :focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; } .skip:focus { position: static; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
search:not([hidden]) { display: block; background: var(--back); border-bottom: 1px solid var(--line); padding: .5rem 0; }
@media (min-width: 48rem) and (min-height: 40rem) { search:not([hidden]) { position: sticky; top: 0; z-index: 1; } html { scroll-padding-top: 9rem; } }
search form { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
search input[type=search] { flex: 1 1 12rem; min-width: 0; font: inherit; padding: .25rem .5rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--back); color: inherit; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 .75rem; flex: 1 0 100%; }
legend { float: left; padding: 0; margin-right: .75rem; }
.box { white-space: nowrap; } button { font: inherit; padding: .25rem .75rem; }
.counts { font-weight: 600; } .fingerprint, .address, .place, summary { color: var(--soft); }
.result.failed, .result.partial, .result.blocked { color: var(--red); }
.note { border-left: .25rem solid var(--orange); padding: .25rem .75rem; margin: .5rem 0; background: var(--box); }
.part { border-left: .25rem solid var(--line); padding: .25rem 0 .25rem .75rem; margin: 1rem 0; }
.part > ul > li { padding: .375rem 0; border-top: 1px solid var(--line); }
.part.destroy, .part.replace, .part.error { border-color: var(--red); } .part.destroy h3, .part.replace h3, .part.error h3 { color: var(--red); }
.part.adopt, .part.forget, .part.check, .part.drift { border-color: var(--orange); } .part.adopt h3, .part.forget h3, .part.check h3, .part.drift h3 { color: var(--orange); }
.part.create { border-color: var(--green); } .part.create h3 { color: var(--green); }
.part.update { border-color: var(--blue); } .part.update h3 { color: var(--blue); }
.part.import, .part.move, .part.defer { border-color: var(--purple); } .part.import h3, .part.move h3, .part.defer h3 { color: var(--purple); }
.key { font-weight: 600; } .fields li { padding-left: 1rem; } del { color: var(--red); } ins { color: var(--green); text-decoration: none; }
details { margin-left: 1rem; } summary { cursor: pointer; } details ul { padding-left: 1rem; } pre { background: var(--box); padding: .5rem; margin: .25rem 0; }
[hidden] { display: none !important; }
@media print { search, .skip { display: none !important; } }
`;
