import type { Chunks } from './load.ts';

/** The element that loaded this script. */
export const script = (document.currentScript ??
  document.querySelector('script[data-api]')) as HTMLScriptElement | null;

/** As `load.ts`, for the script: a file beside it, `laurel.js` → `laurel-es.js`, with the same query. */
export const load = async <Name extends keyof Chunks>(name: Name): Promise<Chunks[Name]> =>
  import(/* @vite-ignore */ (script as HTMLScriptElement).src.replace(/\.js(?=$|[?#])/, `-${name}.js`));
