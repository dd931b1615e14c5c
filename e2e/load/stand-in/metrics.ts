export class Trend {
  add(): void {}
}
