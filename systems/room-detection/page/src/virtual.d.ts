/** What the sample plugin of vite.config.ts makes of the folder `samples`. */
declare module 'virtual:samples' {
  export interface SampleSummary {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly walls: number;
    readonly url: string;
  }
  export const samples: readonly SampleSummary[];
}
