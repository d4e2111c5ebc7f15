/** How what people write of a call or a meeting is read (they say it in words of their own), and the outcome that is ours. */

/** How an outcome begins by which somebody was really spoken to; others say that an attempt was made. */
export const REACHED =
  /^(connected|conversation|spoke|talked|answered|reached|replied|interested|not_interested|call_?back|meeting|booked|held)/;

/** What didn't take place after all, whatever else the outcome says. */
export const NOT_HELD = /no[ _-]?show|cancel|missed|voice_?mail/;

/** How a lead ends whose person is taken out while it is open: no policy has to list this code. */
export const ERASURE = {
  code: "erased",
  label: "Erased at the person's request",
  outcome: "disqualified",
} as const;
