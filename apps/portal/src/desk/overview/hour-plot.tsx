import { dark, light } from '@hufu/theme';
import { useTheme } from '@hufu/theme/choice';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { hourPlot } from './hour-plot-option.ts';
import type { Hours } from './last-day.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** The drawing library comes with this module alone, after the page. */
export default function HourPlot({ hours }: { hours: Hours }) {
  const { logins, refusals } = useTexts(desk).overview;
  const { shown } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);

  useEffect(() => {
    if (place.current === null) return;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    const follow = new ResizeObserver(() => made.resize());
    follow.observe(place.current);
    return () => {
      follow.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const font = getComputedStyle(document.body).fontFamily;
    const palette = shown === 'dark' ? dark : light;
    chart.current?.setOption(hourPlot({ hours, palette, font, words: { logins, refusals } }), true);
  }, [hours, shown, logins, refusals]);

  return <div ref={place} className="plot-place" />;
}
