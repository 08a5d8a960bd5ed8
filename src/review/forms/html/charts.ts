/** Charts as SVG text, drawn by Apache ECharts without a browser: they need no script, print, and work offline. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Markup, raw } from './escape.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly area?: boolean;
  readonly step?: boolean;
}

interface LineChartOptions {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly x: Axis;
  readonly y: Axis;
  /** Horizontal lines with a label: objectives, budgets. */
  readonly limits?: readonly { readonly value: number; readonly label: string }[];
  readonly stacked?: boolean;
  readonly height?: number;
}

interface Axis {
  readonly name: string;
  readonly logarithmic?: boolean;
  readonly format?: (value: number) => string;
  readonly min?: number;
}

const palette = [
  '#2563eb',
  '#ea580c',
  '#16a34a',
  '#9333ea',
  '#dc2626',
  '#0891b2',
  '#ca8a04',
  '#64748b',
  '#db2777',
];
const font = 'system-ui, sans-serif';
const width = 720;

export function lineChart(options: LineChartOptions): Markup {
  const { lines, x, y, limits = [], stacked = false, height = 260 } = options;
  return draw(options.title, height, {
    legend:
      lines.length > 1 ? { top: 0, type: 'plain', itemHeight: 8, textStyle: { fontSize: 11 } } : undefined,
    xAxis: axis(x, 'bottom'),
    yAxis: axis(y, 'left'),
    series: lines.map((line, index) => ({
      type: 'line',
      name: line.name,
      data: line.points,
      showSymbol: line.points.length < 3,
      step: line.step ? 'end' : false,
      lineStyle: { width: 2 },
      ...(stacked
        ? { stack: 'all', areaStyle: { opacity: 0.35 } }
        : line.area
          ? { areaStyle: { opacity: 0.15 } }
          : {}),
      ...(index === 0 && limits.length > 0
        ? {
            markLine: {
              symbol: 'none',
              lineStyle: { type: 'dashed', color: '#b91c1c' },
              label: { position: 'insideStartTop', fontSize: 11, color: '#b91c1c' },
              data: limits.map(({ value, label }) => ({ yAxis: value, label: { formatter: label } })),
            },
          }
        : {}),
    })),
  });
}

interface BarChartOptions {
  readonly title: string;
  /** Top to bottom. */
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly format: (value: number) => string;
}

export function barChart({ title, bars, format }: BarChartOptions): Markup {
  const upwards = [...bars].reverse();
  return draw(title, 40 + bars.length * 24, {
    grid: { left: 270, right: 70, top: 6, bottom: 10 },
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      data: upwards.map(({ name }) => name),
      axisTick: { show: false },
      axisLabel: { fontSize: 12, width: 260, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        data: upwards.map(({ value }) => value),
        barMaxWidth: 16,
        itemStyle: { color: palette[0] },
        label: {
          show: true,
          position: 'right',
          fontSize: 12,
          formatter: ({ value }: { value: unknown }) => format(Number(value)),
        },
      },
    ],
  });
}

function axis({ name, logarithmic = false, format, min }: Axis, side: 'bottom' | 'left') {
  return {
    type: logarithmic ? ('log' as const) : ('value' as const),
    name,
    nameLocation: 'middle' as const,
    nameGap: side === 'bottom' ? 28 : 52,
    nameTextStyle: { fontSize: 11 },
    splitLine: { show: side === 'left', lineStyle: { color: '#e5e7eb' } },
    axisLabel: { fontSize: 11, ...(format === undefined ? {} : { formatter: format }) },
    ...(min === undefined ? {} : { min }),
  };
}

function draw(
  title: string,
  height: number,
  option: Parameters<ReturnType<typeof init>['setOption']>[0],
): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      color: palette,
      textStyle: { fontFamily: font },
      grid: { left: 68, right: 18, top: 30, bottom: 44 },
      ...option,
    });
    const label = title.replace(/[&<>"]/g, ' ');
    return raw(
      chart
        .renderToSVGString()
        // Scales with the page instead of standing at its pixel size.
        .replace(/^<svg width="\d+" height="\d+"/, `<svg class="chart" role="img" aria-label="${label}"`),
    );
  } finally {
    chart.dispose();
  }
}
