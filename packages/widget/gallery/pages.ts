/** The pages that host the elements: plain, and three that are unlike each other, and some that fight back. */

const serif = `body{margin:0;background:#fdfbf7;color:#2b2622;font:19px/1.75 'DejaVu Serif',Georgia,serif}main{max-width:42rem;margin:0 auto;padding:3rem 1.25rem}h1{font-weight:400;font-size:2.1em;line-height:1.2}a{color:#7a3b10}laurel-referral,laurel-leaderboard,laurel-contest,laurel-video,laurel-progress,laurel-course,laurel-catalogue,laurel-course-editor,laurel-cohort{--laurel-accent:#7a3b10;--laurel-radius:4px;margin:2em 0}`;
const dark = `body{margin:0;background:#0e1116;color:#c9d1d9;font:13px/1.4 'DejaVu Sans',system-ui,sans-serif}main{padding:12px;display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}h1{font-size:15px;margin:0}p{margin:0;color:#8b949e}laurel-referral,laurel-leaderboard,laurel-contest,laurel-video,laurel-progress,laurel-course,laurel-catalogue,laurel-course-editor,laurel-cohort{--laurel-accent:#58a6ff;--laurel-surface:#161b22;--laurel-text:#e6edf3;--laurel-radius:8px}`;
const shop = `*,*::before,*::after{all:unset}html{display:block;font-size:62.5%}body{display:block;background:#fff0f3;color:#3a0a1e;font:1.6rem/1.2 'DejaVu Sans',sans-serif;letter-spacing:.12em;text-transform:uppercase;text-align:center;line-height:.9}head,script,style,title,meta{display:none}main,h1,p{display:block;padding:1rem}table,td,tr,th,button,input{display:inline!important;color:red!important}`;
const plain = `body{margin:0;font:16px/1.5 'DejaVu Sans',system-ui,sans-serif;color:#1c1f1e;background:#fff}main{max-width:60rem;margin:0 auto;padding:16px;display:grid;gap:16px}@media(prefers-color-scheme:dark){body{background:#121514;color:#e8ebe9}}p{margin:0}`;

const fights: Record<string, string> = {
  fetch: 'window.fetch=()=>{throw new Error("no")}',
  fetchRejects: 'window.fetch=()=>Promise.reject(new TypeError("no"))',
  fetchNull: 'window.fetch=()=>Promise.resolve(null)',
  json: 'JSON.parse=()=>({})',
  jsonThrows: 'JSON.parse=()=>{throw new Error("no")}',
  array: 'Array.prototype.last=function(){return this[this.length-1]};Array.prototype.toJSON=function(){return "x"}',
  prototype: 'Object.prototype.polluted="yes";Object.prototype.onclick="alert(1)"',
  storage: 'Object.defineProperty(window,"localStorage",{get(){throw new Error("no")}})',
  global: 'window.Laurel=42',
  queue: 'window.Laurel={q:[["nonsense"],null,["identify"],["init",null],["on","join",()=>{throw 1}]]}',
  raf: 'window.requestAnimationFrame=()=>0',
  matchMedia: 'delete window.matchMedia;window.matchMedia=undefined',
  intl: 'Intl.PluralRules=undefined',
  animate: 'Element.prototype.animate=undefined',
  clipboard: 'Object.defineProperty(navigator,"clipboard",{value:undefined})',
  observer: 'window.ResizeObserver=window.IntersectionObserver=undefined',
  date: 'Date.now=()=>NaN',
  promise: 'Promise.prototype.finally=undefined',
  sheets: 'window.CSSStyleSheet=function(){throw new Error("no")}',
  elements: 'customElements.define=()=>{throw new Error("no")}',
  shadow: 'Element.prototype.attachShadow=()=>{throw new Error("no")}',
  segmenter: 'delete Intl.Segmenter',
  symbols: 'window.Symbol.prototype.description2=1;String.prototype.trim=String.prototype.trim',
  timers: 'const t=setTimeout;window.setTimeout=(f,d,...a)=>t(f,d,...a)',
  eventTarget: 'window.CustomEvent=function(){throw new Error("no")}',
  url: 'window.URL.canParse=undefined',
  abort: 'window.AbortSignal.timeout=undefined',
  random: 'Math.random=()=>NaN',
  hasOwn: 'Object.hasOwn=undefined',
  microtask: 'window.queueMicrotask=undefined',
};

/** Names of the scripts with which a page may get in the way. */
export const fightNames = Object.keys(fights);

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What a page needs to stand in for `laurel.js` with the loader: its code and the hash of `laurel.js`. */
export interface Loader {
  code: string;
  integrity: string;
}

function scriptOf(query: URLSearchParams, scenario: string, loader: Loader | undefined): string {
  const data = `data-api="/s/${escaped(scenario)}" data-key="pk_gallery" ${query.has('consent') ? 'data-consent' : ''}`;
  if (!loader) return `<script ${query.has('sync') ? '' : 'async'} src="/laurel.js" ${data}></script>`;
  const nonce = query.get('csp') === 'nonce' ? 'nonce="gallery"' : '';
  const how = `${nonce} data-integrity="${query.get('integrity') ?? loader.integrity}" ${data}`;
  if (query.get('loader') === 'external') return `<script async src="/loader.js" ${how}></script>`;
  return `<script data-src="/laurel.js" ${how}>${loader.code}</script>`;
}

/** Attributes of the elements of courses. */
const courseAttributes = ['lesson', 'hash', 'lesson-url', 'course-url', 'tag', 'cohort'];

/** A host page as HTML. Query: `host, scenario, show, signed, dir, lang, theme, fight, far, loader, consent` and attributes of the elements. */
export function page(query: URLSearchParams, loader?: Loader): string {
  const get = (name: string, fallback = '') => query.get(name) ?? fallback;
  const host = get('host', 'plain');
  const scenario = get('scenario', 'pinned');
  const show = get('show', 'both');
  const style = { serif, dark, shop }[host] ?? plain;
  const own = [
    'limit',
    'podium',
    'theme',
    'session',
    'join-url',
    'heading',
    'view',
    'interval',
    ...courseAttributes,
  ].flatMap((name) => (query.has(name) ? [`${name}="${escaped(get(name))}"`] : []));
  const attributes = own.join(' ');
  const referral = `<laurel-referral program="friends" ${attributes}></laurel-referral>`;
  const banner = `<laurel-invitation program="friends" ${attributes}></laurel-invitation>`;
  const review = `<laurel-review program="friends" ${attributes}></laurel-review>`;
  const board = `<laurel-leaderboard contest="spring" ${attributes}></laurel-leaderboard>`;
  const contest = `<laurel-contest contest="spring" ${attributes}></laurel-contest>`;
  const editor = `<laurel-contest-editor ${query.has('only') ? '' : 'program="friends"'} ${query.has('open') ? `contest="${escaped(get('open'))}"` : ''} ${attributes}></laurel-contest-editor>`;
  const video = `<laurel-video course="baking" lesson="kneading" ${attributes}></laurel-video>`;
  const course = `<laurel-course course="roasting" ${attributes}></laurel-course>`;
  const progress = `<laurel-progress course="roasting" ${attributes}></laurel-progress>`;
  const catalogue = `<laurel-catalogue ${attributes}></laurel-catalogue>`;
  const author = `<laurel-course-editor ${query.has('open') ? `course="${escaped(get('open'))}"` : ''} ${attributes}></laurel-course-editor>`;
  const learners = `<laurel-cohort course="barista" ${query.has('cohort') ? `cohort="${escaped(get('cohort'))}"` : ''} ${attributes}></laurel-cohort>`;
  const words = '<p>Words of the host page, which must stay where they are.</p>';
  const signed = query.has('signed') ? `<script src="/identify.js"></script>` : '';
  const fight = query.has('fight') ? `<script>${fights[get('fight')] ?? ''}</script>` : '';
  const reserve = query.has('reserve')
    ? `laurel-leaderboard,laurel-referral{display:block;min-height:${get('reserve')}px}`
    : '';
  const far = query.has('far') ? '#far{block-size:400vh}' : '';
  return `${host === 'quirks' ? '' : '<!doctype html>'}<html lang="${escaped(get('lang', 'en'))}" dir="${escaped(get('dir', 'ltr'))}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gallery</title><link rel="stylesheet" href="/host.css?${escaped(new URLSearchParams({ style, extra: reserve + far }).toString())}">${fight}${signed}${scriptOf(query, scenario, loader)}</head><body><main><h1>Host page</h1>${words}<div id="far"></div>${query.has('invitation') ? banner : ''}${show === 'review' ? review : ''}${show === 'contest' ? contest : ''}${show === 'editor' ? editor : ''}${show === 'video' ? video : ''}${['catalogue', 'desk'].includes(show) ? catalogue : ''}${['progress', 'learning', 'desk'].includes(show) ? progress : ''}${['course', 'learning', 'desk'].includes(show) ? course : ''}${show === 'author' ? author : ''}${show === 'learners' ? learners : ''}${['card', 'both'].includes(show) ? referral : ''}${['board', 'both'].includes(show) ? board : ''}${words.replace('<p>', '<p id="after">')}</main></body></html>`;
}
