/** Calls when the page goes out of sight or is left, once each time; the answer stops it. */
export function whenHidden(work: () => void): () => void {
  let gone = false;
  const look = (hidden: boolean) => {
    if (hidden && !gone) work();
    gone = hidden;
  };
  const onChange = () => look(document.visibilityState === 'hidden');
  const onHide = () => look(true);
  document.addEventListener('visibilitychange', onChange);
  addEventListener('pagehide', onHide);
  addEventListener('pageshow', onChange);
  return () => {
    document.removeEventListener('visibilitychange', onChange);
    removeEventListener('pagehide', onHide);
    removeEventListener('pageshow', onChange);
  };
}
