/** Codes that would look as if the host itself spoke, or that programs take for something else. */
const words = `
about account accounts admin administrator affiliate affiliates anonymous api app auth billing blog bonus checkout code
codes confirm contact contest coupon coupons default demo developer dev discount docs error false faq feedback free friend
friends ftp gift help home host info invite join laurel legal localhost login logout mail me moderator nan news noreply
null none official offer operator owner partner partners pay payment payments payout payouts postmaster press pricing
privacy promo promotion ref referral referrals refund register reward rewards root sale sales script security settings
shop signin signup staff status store support system team terms test true undefined unknown user users vip void web
webhook webhooks webmaster winner www
`;

const reserved = new Set(words.trim().split(/\s+/));

/** Whether a code is nobody's to choose, also with dashes and underscores in it. */
export const isReserved = (code: string): boolean => reserved.has(code.toLowerCase().replace(/[-_]/g, ''));
