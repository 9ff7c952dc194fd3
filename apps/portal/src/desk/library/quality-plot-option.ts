import type { QualityKind, QualityReport } from '@hufu/contracts';
import type { LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { day } from '../../format/dates.ts';
import type { PlotLook } from '../../ui/plot.tsx';

type Option = ComposeOption<
  LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export type Trend = QualityReport['trend'];

type QualityPlotInput = PlotLook & {
  readonly trend: Trend;
  readonly words: Readonly<Record<QualityKind, string>>;
};

/** A line and a mark of its own for each kind: colour is never the only sign. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** How many findings of each kind, report by report. */
export function qualityPlot({ trend, palette, font, words }: QualityPlotInput): Option {
  const small = { color: palette.inkSoft, fontFamily: font, fontSize: 12 };
  const colours = [palette.primary, palette.gold, palette.ink, palette.inkSoft];
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: {
      left: 4,
      right: 12,
      top: 64,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: { left: 0, top: 0, itemWidth: 18, itemHeight: 10, textStyle: small, selectedMode: false },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { ...small, color: palette.ink },
    },
    xAxis: {
      type: 'category',
      data: trend.map(({ madeAt }) => day(madeAt)),
      axisLabel: { ...small, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: small,
      splitNumber: 3,
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: (Object.keys(words) as QualityKind[]).map((kind, at) => ({
      type: 'line' as const,
      name: words[kind],
      data: trend.map(({ counts }) => counts[kind]),
      color: colours[at % colours.length]!,
      symbol: SYMBOLS[at % SYMBOLS.length]!,
      symbolSize: 8,
    })),
  };
}
