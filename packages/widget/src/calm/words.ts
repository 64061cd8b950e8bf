/** What stands where rows will be, in English. */
export const words = {
  emptyTitle: 'The first place is free',
  empty: 'Points show up here the moment somebody earns them.',
  nobody: 'Nobody earned points.',
  hiddenTitle: 'Under wraps until the end',
  hidden: 'The standings open here on {date}.',
  soonTitle: 'Not started yet',
  soon: 'Points count from {date}.',
  free: 'Room for more: places from {from} on are free.',
};
