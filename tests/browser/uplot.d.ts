/** The part of uPlot that our scripts use. */
export default class uPlot {
  constructor(options: object, data: (number | null)[][], place: HTMLElement);
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { left: number; top: number; width: number; height: number };
  readonly over: HTMLElement;
  readonly data: (number | null)[][];
  valToPos(value: number, scale: string, onCanvas?: boolean): number;
  posToVal(place: number, scale: string): number;
  setCursor(place: { left: number; top: number }, fire?: boolean): void;
  destroy(): void;
}
