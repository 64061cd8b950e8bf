/**
 * The loader: notes at once how the visitor came, and adds `laurel.js` when one of our elements comes near the window.
 * Small enough to stand in the page itself.
 */
import { captureTouch } from '@laurelkit/sdk/attribution';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

interface Scope {
  Laurel?: { q?: unknown[]; landing?: string };
  trustedTypes?: TrustedTypes;
}

function start(own: HTMLScriptElement): void {
  const { consent, integrity, model, parameters, src = own.src.replace('loader.js', 'laurel.js') } = own.dataset;
  const scope = globalThis as Scope;
  scope.Laurel ??= { q: [] };
  scope.Laurel.landing ??= location.href;
  if (consent !== undefined) captureTouch({ model: model as 'first' | 'last', parameters: parameters?.split(' ') });

  function add(): void {
    const script = document.createElement('script');
    Object.assign(script.dataset, own.dataset);
    if (integrity) Object.assign(script, { integrity, crossOrigin: 'anonymous' });
    script.nonce = own.nonce;
    try {
      // A policy of this address alone: whoever gets hold of it can load nothing else.
      const rules = { createScriptURL: () => src };
      script.src = scope.trustedTypes?.createPolicy('laurel', rules).createScriptURL(src) ?? src;
      document.head.append(script);
    } catch {}
  }

  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      growth.disconnect();
      add();
    },
    { rootMargin: '50%' },
  );
  const look = () => {
    for (const element of document.querySelectorAll(':not(:defined)'))
      if (/^laurel-/.test(element.localName)) near.observe(element);
  };
  // The page may still be read, or change whenever it likes.
  const growth = new MutationObserver(look);
  growth.observe(document, { childList: true, subtree: true });
  look();
}

// An element of the page named `currentScript` is not it.
const own = document.currentScript;
try {
  if (own instanceof HTMLScriptElement) start(own);
} catch {}
