/** Calls when the page goes out of sight or is left; the answer stops it. */
export function whenHidden(work: () => void): () => void {
  const onChange = () => {
    if (document.visibilityState === 'hidden') work();
  };
  document.addEventListener('visibilitychange', onChange);
  addEventListener('pagehide', work);
  return () => {
    document.removeEventListener('visibilitychange', onChange);
    removeEventListener('pagehide', work);
  };
}
