/** What is said of changes, in English. */
export const words = {
  saidLead: '{name} is now first with {points}.',
  saidYou: 'You are now at rank {rank}.',
  saidChanges: { one: '{n} change on the leaderboard.', other: '{n} changes on the leaderboard.' },
};
