/** What is said in English where a browser does not let anything be copied, in the files that are there by then. */
export const copyWords = {
  copyFailed: 'Copying is not allowed here. The link is selected, so you can copy it yourself.',
};
