/** What changes say in English. */
export const words = {
  up: 'up {n} since your last visit',
  down: 'down {n} since your last visit',
  changes: { one: 'Show {n} change', other: 'Show {n} changes' },
};
