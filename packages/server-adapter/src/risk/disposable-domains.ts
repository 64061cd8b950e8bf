import type { RiskSettings } from '../risk-options.ts';

/** Whether a domain, or one it lies under, gives out throw-away addresses. */
export type DisposableQuestion = (domain: string) => boolean;

/** Makes what loads the list, once, when it is first needed: that of the package, as the host's options change it. */
export function createDisposableDomains({
  add,
  except,
  replace,
}: RiskSettings['disposableDomains']): () => Promise<DisposableQuestion> {
  let loaded: Promise<DisposableQuestion> | undefined;
  const load = async (): Promise<DisposableQuestion> => {
    const domains = new Set(replace ?? (await import('disposable-email-domains-js')).disposableEmailBlocklist());
    for (const domain of add) domains.add(domain.toLowerCase());
    for (const domain of except) domains.delete(domain.toLowerCase());
    return (domain) => {
      const labels = domain.split('.');
      return labels.some((_, index) => domains.has(labels.slice(index).join('.')));
    };
  };
  return () => {
    loaded ??= load();
    return loaded;
  };
}
