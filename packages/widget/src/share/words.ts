/** What sharing says in English. */
export const words = {
  email: 'E-mail',
  shareSubject: 'Have a look at {name}',
  shareText: 'I thought you might like {name}:',
};
