/** The parts of ECharts that the page uses; the rest is left out of the file by the bundler. */
import { BarChart, ScatterChart } from 'echarts/charts';
import type { BarSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ComposeOption, ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { fitOnPaper } from '../paper';

// SVG prints sharply, and its renderer sets styles through the CSSOM, which the page's policy allows.
use([BarChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** What a chart of the page may be told. */
export type ChartOption = ComposeOption<
  BarSeriesOption | ScatterSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

/** A chart that fits its box, keeps to it when the window changes, and can be told again. */
export class Chart {
  private readonly chart: ECharts;

  /** Draws into a box that is already in the page. */
  constructor(box: HTMLElement, private readonly option: (width: number) => ChartOption) {
    fitOnPaper(box, () => {
      this.chart.resize({ animation: { duration: 0 } });
      this.draw();
    });
    this.chart = init(box, null, { renderer: 'svg', locale: 'EN' });
    this.draw();
    let width = box.clientWidth;
    new ResizeObserver(() => {
      if (box.clientWidth !== width && box.clientWidth > 0) {
        width = box.clientWidth;
        this.draw();
      }
    }).observe(box);
  }

  /** Draws anew, for new colours or a new width. */
  draw(): void {
    this.chart.resize({ animation: { duration: 0 } });
    this.chart.setOption(this.option(this.chart.getWidth()), true);
  }
}
