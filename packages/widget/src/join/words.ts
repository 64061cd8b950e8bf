/** How one joins, in English. */
export const words = {
  step1: 'Get a link of your own',
  step2: 'Send it to people who would like it',
  step3: 'See who joined and what you earned',
  join: 'Join to get your link',
};
