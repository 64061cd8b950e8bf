/**
 * Names of the URL parameter that carries a referral code: ours first, then those of other products, so that links made
 * with them keep working. Text alone, because browsers load it.
 */
export const knownParameters: readonly string[] = 'ref via fpr fp_ref grsf refcode _saasquatch ucc referralCode'.split(
  ' ',
);
