import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

/** The same browser at the same address, or only the same address: at home, at school and at work people share one. */
export function address({ sameDevice, sameIp }: Facts): Found<SignalCode>[] {
  if (sameDevice) {
    return [{ code: 'same_device', reason: 'Both were seen with the same browser at the same network address.' }];
  }
  return sameIp ? [{ code: 'same_ip', reason: 'Both were seen at the same network address.' }] : [];
}
