import type { Chunks } from './load.ts';

const current: unknown = document.currentScript;

/** The element that loaded this script; an element of the page named `currentScript` is not it. */
export const script: HTMLScriptElement | null =
  current instanceof HTMLScriptElement ? current : document.querySelector<HTMLScriptElement>('script[data-api]');

/** As `load.ts`, for the script: a file beside it, `laurel.js` → `laurel-es.js`, with the same query. */
export const load = async <Name extends keyof Chunks>(name: Name): Promise<Chunks[Name]> =>
  import(/* @vite-ignore */ (script as HTMLScriptElement).src.replace(/\.js(?=$|[?#])/, `-${name}.js`));
