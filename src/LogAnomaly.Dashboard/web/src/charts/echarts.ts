/** The parts of ECharts that the page uses; the rest is left out of the file by the bundler. */
import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import type { BarSeriesOption, CustomSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import { GeoComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import type {
  GeoComponentOption, GridComponentOption, LegendComponentOption, TooltipComponentOption,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ComposeOption, ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// SVG prints sharply, and its renderer sets styles through the CSSOM, which the page's policy allows.
use([
  BarChart, CustomChart, ScatterChart, GeoComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer,
]);

/** What a chart of the page may be told. */
export type ChartOption = ComposeOption<
  BarSeriesOption | CustomSeriesOption | ScatterSeriesOption | GeoComponentOption | GridComponentOption
  | LegendComponentOption | TooltipComponentOption
>;

/** Parts of an option that a new one replaces whole. */
const drawnParts = ['series', 'grid', 'xAxis', 'yAxis', 'legend', 'geo'];

/** A chart that fits its box, keeps to it when the window changes, and can be told again. */
export class Chart {
  private readonly chart: ECharts;

  /** Draws into a box that is already in the page. */
  constructor(box: HTMLElement, private readonly option: (width: number) => ChartOption) {
    this.chart = init(box, null, { renderer: 'svg', locale: 'EN' });
    this.draw();
    new ResizeObserver(() => {
      if (box.clientWidth !== this.chart.getWidth() && box.clientWidth > 0) {
        this.chart.resize({ animation: { duration: 0 } });
        this.draw();
      }
    }).observe(box);
  }

  /** Draws anew, for new colours or a new width. */
  draw(): void {
    // What is drawn is replaced; the rest, such as the tooltip, is costly to make and stays as it is.
    this.chart.setOption(this.option(this.chart.getWidth()), { replaceMerge: drawnParts });
  }

  /** Calls back with the name of what was clicked. */
  onClick(listener: (name: string) => void): void {
    this.chart.on('click', (event) => { listener(event.name); });
  }
}
