/** How a wait passes time. Tests replace it. */
export interface Clock {
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
