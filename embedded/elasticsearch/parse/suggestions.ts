/** The known words that a person may have meant, nearest first. */
export function closest(word: string, known: Iterable<string>, threshold = 0.5): string[] {
  return [...known]
    .map((candidate) => ({ candidate, similarity: similarity(word, candidate) }))
    .filter((scored) => scored.similarity > threshold)
    .sort((a, b) => b.similarity - a.similarity || a.candidate.localeCompare(b.candidate))
    .map((scored) => scored.candidate);
}

function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - distance(a, b) / longest;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
