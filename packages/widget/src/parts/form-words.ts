/** What forms say in English, in the files that have any. */
export const formWords = {
  sending: 'Sending…',
  tooMany: 'That was many tries in a short time. Please wait a few minutes.',
  notSent: 'That did not get through. What you typed is still here; please try again.',
};
