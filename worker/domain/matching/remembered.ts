// Names are read several times for one lead (keys, comparison, notes) and an account's name for each lead that meets it.

/** How many readings an isolate keeps; the one read longest ago goes first. */
const KEPT = 2000;

/** The same answer from memory. For pure functions whose answers nobody changes. */
export function remembered<Answer>(read: (text: string) => Answer, kept = KEPT): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = read(text);
    answers.set(text, answer);
    if (answers.size > kept) {
      const [oldest] = answers.keys();
      if (oldest !== undefined) answers.delete(oldest);
    }
    return answer;
  };
}
