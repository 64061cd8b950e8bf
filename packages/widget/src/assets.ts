/** Address of the script; its other files are beside it. */
let script = '';

/** Remembers where the script came from. */
export const setScriptUrl = (url: string): void => {
  script = url;
};

/** The address of a file that belongs to the script: `laurel.js` → `laurel-es.js`, with the same query. */
export const assetUrl = (name: string): string => script.replace(/\.js(?=$|[?#])/, `-${name}.js`);
