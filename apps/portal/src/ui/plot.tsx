import { dark, light, type Palette } from '@hufu/theme';
import { useTheme } from '@hufu/theme/choice';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Colours of the theme that is shown, and the page's font: the drawing library's own has no Chinese. */
export type PlotLook = { readonly palette: Palette; readonly font: string };

/**
 * A drawing that follows its place and the theme. The drawing library comes with this module alone, after the page:
 * import it lazily.
 * @param option keeps its identity while what it draws is the same
 */
export default function Plot({ option }: { option: (look: PlotLook) => EChartsCoreOption }) {
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
    chart.current?.setOption(option({ palette: shown === 'dark' ? dark : light, font }), true);
  }, [option, shown]);

  return <div ref={place} className="plot-place" />;
}
