/** What an invited visitor is told, in English. */
export const words = {
  invited: 'You were invited to {program}',
  invitedBy: '{name} invites you to {program}',
  dismiss: 'Put this away',
};
