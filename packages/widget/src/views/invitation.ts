import { mayBeTouched } from '@laurelkit/sdk/attribution';
import { late } from './late.ts';

/** `<laurel-invitation>`: who invited the visitor; nothing, not even room for it, when nobody did. */
export const invitation = late('invitation', 'invitation', ['program', 'parameters', 'model'], (read) =>
  mayBeTouched(read('parameters')?.split(' ')),
);
