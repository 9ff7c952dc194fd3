import { useCombobox } from 'downshift';
import { useState } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';
import './combobox.css';

export type ComboItem = {
  readonly key: string;
  readonly label: string;
  /** A second, fainter line: a code, a path. */
  readonly note?: string;
  /** Choosing it goes on to other items and leaves the list open. */
  readonly leads?: boolean;
};

type ComboboxProps = {
  id: string;
  /** What is chosen, in words; empty for nothing. */
  chosen: string;
  items: readonly ComboItem[];
  /** What is typed; undefined once it no longer counts. */
  onQuery: (query: string | undefined) => void;
  onPick: (item: ComboItem) => void;
  onClear: () => void;
  onLeave?: (() => void) | undefined;
  loading?: boolean;
  /** The items answer an older query: they are shown, but none of them can be chosen. */
  outdated?: boolean;
  placeholder: string;
  invalid: boolean;
  required: boolean;
  describedBy: string | undefined;
  /** Names it where no label is tied to `id`. */
  label?: string;
};

/** A field that finds by typing; what is typed is never the value itself. */
export function Combobox(props: ComboboxProps) {
  const { id, chosen, items, outdated = false, onQuery, onPick, onClear, onLeave } = props;
  const t = useTexts(common);
  const [typed, setTyped] = useState<string>();
  const forget = () => {
    setTyped(undefined);
    onQuery(undefined);
  };
  const { isOpen, highlightedIndex, getInputProps, getMenuProps, getItemProps, getToggleButtonProps } =
    useCombobox<ComboItem>({
      inputId: id,
      items: [...items],
      itemToString: (item) => item?.label ?? '',
      itemToKey: (item) => item?.key,
      isItemDisabled: () => outdated,
      selectedItem: null,
      inputValue: typed ?? chosen,
      onInputValueChange: ({ inputValue, type }) => {
        if (type !== useCombobox.stateChangeTypes.InputChange) return;
        setTyped(inputValue);
        onQuery(inputValue);
      },
      onSelectedItemChange: ({ selectedItem }) => {
        if (!selectedItem) return;
        onPick(selectedItem);
        if (!selectedItem.leads) forget();
      },
      onIsOpenChange: ({ isOpen: open }) => {
        if (!open) forget();
      },
      stateReducer: (_state, { changes }) =>
        changes.selectedItem?.leads ? { ...changes, isOpen: true, highlightedIndex: 0 } : changes,
    });
  return (
    <div className="combobox">
      <input
        {...getInputProps({
          onFocus: (event) => event.target.select(),
          onBlur: () => onLeave?.(),
        })}
        {...(props.label === undefined ? {} : { 'aria-label': props.label })}
        aria-labelledby={undefined}
        aria-invalid={props.invalid ? true : undefined}
        aria-describedby={props.describedBy}
        required={props.required}
        placeholder={props.placeholder}
        className="combobox-input"
        autoComplete="off"
      />
      {chosen !== '' && typed === undefined ? (
        <button type="button" className="icon-button combobox-button" aria-label={t.clear} onClick={onClear}>
          <Icon name="close" size={16} />
        </button>
      ) : (
        <button
          type="button"
          className="icon-button combobox-button"
          {...getToggleButtonProps()}
          aria-label={t.open}
        >
          <Icon name="down" size={16} />
        </button>
      )}
      <ul
        {...getMenuProps({ 'aria-labelledby': undefined, 'aria-label': t.open })}
        className="combobox-list"
        hidden={!isOpen}
      >
        {isOpen
          ? items.map((item, index) => (
              <li
                key={item.key}
                {...getItemProps({ item, index })}
                aria-disabled={outdated ? true : undefined}
                className={index === highlightedIndex ? 'combobox-item combobox-item-on' : 'combobox-item'}
              >
                <span>{item.label}</span>
                {item.note ? <span className="faint">{item.note}</span> : null}
                {item.leads ? <Icon name="right" size={14} /> : null}
              </li>
            ))
          : null}
        {isOpen && items.length === 0 ? (
          <li className="combobox-none">{props.loading ? t.loading : t.nothingFound}</li>
        ) : null}
      </ul>
    </div>
  );
}
