import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

const fastestSignup = 2_000;
const fastestConversion = 5_000;
const unhurried = { signup: 20_000, conversion: 60_000 };

/**
 * Sooner than a person reads a page or pays. Some hosts bind people when they come back or at the till: where that is usual in
 * the programme, it says nothing.
 */
export function timing({ clickToSignup, signupToConversion, typical }: Facts): Found<SignalCode>[] {
  const found: Found<SignalCode>[] = [];
  const usualSignup = typical.clickToSignup ?? unhurried.signup;
  if (clickToSignup !== null && clickToSignup < fastestSignup && usualSignup >= unhurried.signup) {
    found.push({ code: 'fast_signup', reason: 'The sign-up came within two seconds of the click.' });
  }
  const usualConversion = typical.signupToConversion ?? 0;
  if (
    signupToConversion !== null &&
    signupToConversion < fastestConversion &&
    usualConversion >= unhurried.conversion
  ) {
    found.push({
      code: 'fast_conversion',
      reason: 'The first purchase came within five seconds of the sign-up; elsewhere in the programme it takes longer.',
    });
  }
  return found;
}
