/** Names of the windows of a board, in English. */
export const words = {
  all: 'Overall',
  day: 'Today',
  week: 'This week',
  month: 'This month',
};
