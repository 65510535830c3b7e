/** An age in words: `40 s`, `12 min`, `3 h`, `5 days`. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [
    { name: "days", size: 86_400, from: 172_800 },
    { name: "h", size: 3600, from: 7200 },
    { name: "min", size: 60, from: 120 },
  ];
  const unit = units.find(({ from }) => seconds >= from);
  return unit ? `${Math.round(seconds / unit.size)} ${unit.name}` : `${seconds} s`;
}
