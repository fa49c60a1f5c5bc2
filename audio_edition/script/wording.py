"""What the program itself says, by language: what a picture or table is, and the opening, contents and end of an issue.

Where a language is not here, structure goes unannounced, and issues are announced in English.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

Around = tuple[str, str]
"""What is said before something and behind it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. `by` goes before a name that stands alone as a byline; templates have their fields in
    braces. `columns`, `rows`, `articles` and `minutes` are for one, and for any other number; `tasks` are for what is
    done, to be done, and given up."""

    picture: str
    caption: str
    description: Around
    formula: str
    code: Around
    note: Around
    numbered_note: str
    quote: Around
    list: Around
    nested_list: Around
    table: str
    columns: tuple[str, str]
    rows: tuple[str, str]
    headers: str
    end_of_table: str
    struck: str
    squared: str
    cubed: str
    power: str
    minus: str
    tasks: tuple[str, str, str]
    unspeakable: str
    by: str
    notes: str
    contents: str
    numbers: str
    articles: tuple[str, str]
    minutes: tuple[str, str]
    voice: str
    end: str
    date: str
    months: str = ""

    def count(self, words: tuple[str, str], number: int) -> str:
        """The number with what it counts."""
        return words[number != 1].format(number=number)

    def day(self, iso_date: str) -> str:
        """An ISO 8601 date in words; as it is where it is none."""
        try:
            date = datetime.date.fromisoformat(iso_date)
        except ValueError:
            return iso_date
        month = self.months.split()[date.month - 1] if self.months else date.month
        return self.date.format(day=date.day, month=month, year=date.year)

    def size(self, columns: int, rows: int) -> str:
        """What is said before a table."""
        return self.table.format(columns=self.count(self.columns, columns), rows=self.count(self.rows, rows))


def wording(language: str) -> Wording | None:
    """The words of a language by its BCP 47 tag, none where they are not known."""
    return _WORDINGS.get(language.partition("-")[0].lower())


def unspeakable(language: str) -> str:
    """What is said in the place of a sentence that an engine can't say."""
    return (wording(language) or ENGLISH).unspeakable


_WORDINGS = {
    "ar": Wording(
        picture="صورة: ",
        caption="تعليق: ",
        description=("وصف: ", "نهاية الوصف."),
        formula="صيغة: ",
        code=("شيفرة: ", "نهاية الشيفرة."),
        note=("ملاحظة: ", "نهاية الملاحظة."),
        numbered_note="ملاحظة {label}: ",
        quote=("اقتباس: ", "نهاية الاقتباس."),
        list=("قائمة: ", "نهاية القائمة."),
        nested_list=("قائمة فرعية: ", "نهاية القائمة الفرعية."),
        table="جدول. {columns}، {rows}. ",
        columns=("عدد الأعمدة: {number}", "عدد الأعمدة: {number}"),
        rows=("عدد الصفوف: {number}", "عدد الصفوف: {number}"),
        headers="الأعمدة: ",
        struck="مشطوب",
        squared="تربيع",
        cubed="تكعيب",
        power="أس {exponent}",
        minus="ناقص",
        tasks=("منجز: ", "للإنجاز: ", "ملغى: "),
        unspeakable="جملة تعذر نطقها.",
        by="بقلم ",
        end_of_table="نهاية الجدول.",
        notes="ملاحظات",
        contents="المحتويات",
        numbers="يتكرر كل رقم قبل مقاله.",
        articles=("عدد المقالات: {number}", "عدد المقالات: {number}"),
        minutes=("المدة بالدقائق: نحو {number}", "المدة بالدقائق: نحو {number}"),
        voice="بصوت اصطناعي.",
        end="نهاية: {title}.",
        date="{day} {month} {year}",
        months="يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ),
    "de": Wording(
        picture="Bild: ",
        caption="Bildunterschrift: ",
        description=("Beschreibung: ", "Ende der Beschreibung."),
        formula="Formel: ",
        code=("Code: ", "Ende des Codes."),
        note=("Anmerkung: ", "Ende der Anmerkung."),
        numbered_note="Anmerkung {label}: ",
        quote=("Zitat: ", "Ende des Zitats."),
        list=("Liste: ", "Ende der Liste."),
        nested_list=("Unterliste: ", "Ende der Unterliste."),
        table="Tabelle mit {columns} und {rows}. ",
        columns=("{number} Spalte", "{number} Spalten"),
        rows=("{number} Zeile", "{number} Zeilen"),
        headers="Spalten: ",
        struck="gestrichen",
        squared="zum Quadrat",
        cubed="hoch 3",
        power="hoch {exponent}",
        minus="minus",
        tasks=("Erledigt: ", "Zu tun: ", "Entfällt: "),
        unspeakable="Ein Satz, der nicht gesprochen werden konnte.",
        by="Von ",
        end_of_table="Ende der Tabelle.",
        notes="Anmerkungen",
        contents="Inhalt",
        numbers="Jede Nummer wird vor ihrem Artikel wiederholt.",
        articles=("{number} Artikel", "{number} Artikel"),
        minutes=("etwa {number} Minute", "etwa {number} Minuten"),
        voice="Gelesen von einer synthetischen Stimme.",
        end="Ende: {title}.",
        date="{day}. {month} {year}",
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "en": Wording(
        picture="Picture: ",
        caption="Caption: ",
        description=("Description: ", "End of description."),
        formula="Formula: ",
        code=("Code: ", "End of code."),
        note=("Note: ", "End of note."),
        numbered_note="Note {label}: ",
        quote=("Quote: ", "End of quote."),
        list=("List: ", "End of list."),
        nested_list=("Nested list: ", "End of nested list."),
        table="Table with {columns} and {rows}. ",
        columns=("{number} column", "{number} columns"),
        rows=("{number} row", "{number} rows"),
        headers="Columns: ",
        struck="struck out",
        squared="squared",
        cubed="cubed",
        power="to the power of {exponent}",
        minus="minus",
        tasks=("Done: ", "To do: ", "Dropped: "),
        unspeakable="A sentence that could not be spoken.",
        by="By ",
        end_of_table="End of table.",
        notes="Notes",
        contents="Contents",
        numbers="Each number is repeated before its article.",
        articles=("{number} article", "{number} articles"),
        minutes=("about {number} minute", "about {number} minutes"),
        voice="Read by a synthetic voice.",
        end="End of {title}.",
        date="{day} {month} {year}",
        months="January February March April May June July August September October November December",
    ),
    "es": Wording(
        picture="Imagen: ",
        caption="Pie de foto: ",
        description=("Descripción: ", "Fin de la descripción."),
        formula="Fórmula: ",
        code=("Código: ", "Fin del código."),
        note=("Nota: ", "Fin de la nota."),
        numbered_note="Nota {label}: ",
        quote=("Cita: ", "Fin de la cita."),
        list=("Lista: ", "Fin de la lista."),
        nested_list=("Lista anidada: ", "Fin de la lista anidada."),
        table="Tabla de {columns} y {rows}. ",
        columns=("{number} columna", "{number} columnas"),
        rows=("{number} fila", "{number} filas"),
        headers="Columnas: ",
        struck="tachado",
        squared="al cuadrado",
        cubed="al cubo",
        power="elevado a {exponent}",
        minus="menos",
        tasks=("Hecho: ", "Pendiente: ", "Descartado: "),
        unspeakable="Una frase que no se ha podido leer.",
        by="Por ",
        end_of_table="Fin de la tabla.",
        notes="Notas",
        contents="Contenido",
        numbers="Cada número se repite antes de su artículo.",
        articles=("{number} artículo", "{number} artículos"),
        minutes=("aproximadamente {number} minuto", "aproximadamente {number} minutos"),
        voice="Leído por una voz sintética.",
        end="Fin de {title}.",
        date="{day} de {month} de {year}",
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    "fr": Wording(
        picture="Image : ",
        caption="Légende : ",
        description=("Description : ", "Fin de la description."),
        formula="Formule : ",
        code=("Code : ", "Fin du code."),
        note=("Note : ", "Fin de la note."),
        numbered_note="Note {label} : ",
        quote=("Citation : ", "Fin de la citation."),
        list=("Liste : ", "Fin de la liste."),
        nested_list=("Sous-liste : ", "Fin de la sous-liste."),
        table="Tableau de {columns} et {rows}. ",
        columns=("{number} colonne", "{number} colonnes"),
        rows=("{number} ligne", "{number} lignes"),
        headers="Colonnes : ",
        struck="barré",
        squared="au carré",
        cubed="au cube",
        power="puissance {exponent}",
        minus="moins",
        tasks=("Fait : ", "À faire : ", "Abandonné : "),
        unspeakable="Une phrase qui n’a pas pu être lue.",
        by="Par ",
        end_of_table="Fin du tableau.",
        notes="Notes",
        contents="Sommaire",
        numbers="Chaque numéro est répété avant son article.",
        articles=("{number} article", "{number} articles"),
        minutes=("environ {number} minute", "environ {number} minutes"),
        voice="Lu par une voix de synthèse.",
        end="Fin de {title}.",
        date="{day} {month} {year}",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
    "hi": Wording(
        picture="चित्र: ",
        caption="शीर्षक: ",
        description=("विवरण: ", "विवरण समाप्त।"),
        formula="सूत्र: ",
        code=("कोड: ", "कोड समाप्त।"),
        note=("टिप्पणी: ", "टिप्पणी समाप्त।"),
        numbered_note="टिप्पणी {label}: ",
        quote=("उद्धरण: ", "उद्धरण समाप्त।"),
        list=("सूची: ", "सूची समाप्त।"),
        nested_list=("उप-सूची: ", "उप-सूची समाप्त।"),
        table="तालिका। {columns}, {rows}। ",
        columns=("स्तंभ: {number}", "स्तंभ: {number}"),
        rows=("पंक्तियाँ: {number}", "पंक्तियाँ: {number}"),
        headers="स्तंभ: ",
        struck="काटा गया",
        squared="का वर्ग",
        cubed="का घन",
        power="की घात {exponent}",
        minus="माइनस",
        tasks=("पूरा: ", "बाकी: ", "छोड़ा गया: "),
        unspeakable="एक वाक्य जो बोला नहीं जा सका।",
        by="लेखक: ",
        end_of_table="तालिका समाप्त।",
        notes="टिप्पणियाँ",
        contents="विषय सूची",
        numbers="हर संख्या अपने लेख से पहले दोहराई जाती है।",
        articles=("लेख: {number}", "लेख: {number}"),
        minutes=("लगभग {number} मिनट", "लगभग {number} मिनट"),
        voice="कृत्रिम आवाज़ में।",
        end="समाप्त: {title}।",
        date="{day} {month} {year}",
        months="जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    ),
    "it": Wording(
        picture="Immagine: ",
        caption="Didascalia: ",
        description=("Descrizione: ", "Fine della descrizione."),
        formula="Formula: ",
        code=("Codice: ", "Fine del codice."),
        note=("Nota: ", "Fine della nota."),
        numbered_note="Nota {label}: ",
        quote=("Citazione: ", "Fine della citazione."),
        list=("Elenco: ", "Fine dell’elenco."),
        nested_list=("Sottoelenco: ", "Fine del sottoelenco."),
        table="Tabella di {columns} e {rows}. ",
        columns=("{number} colonna", "{number} colonne"),
        rows=("{number} riga", "{number} righe"),
        headers="Colonne: ",
        struck="barrato",
        squared="al quadrato",
        cubed="al cubo",
        power="elevato a {exponent}",
        minus="meno",
        tasks=("Fatto: ", "Da fare: ", "Annullato: "),
        unspeakable="Una frase che non è stato possibile leggere.",
        by="Di ",
        end_of_table="Fine della tabella.",
        notes="Note",
        contents="Sommario",
        numbers="Ogni numero è ripetuto prima del suo articolo.",
        articles=("{number} articolo", "{number} articoli"),
        minutes=("circa {number} minuto", "circa {number} minuti"),
        voice="Letto da una voce sintetica.",
        end="Fine di {title}.",
        date="{day} {month} {year}",
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    ),
    "pt": Wording(
        picture="Imagem: ",
        caption="Legenda: ",
        description=("Descrição: ", "Fim da descrição."),
        formula="Fórmula: ",
        code=("Código: ", "Fim do código."),
        note=("Nota: ", "Fim da nota."),
        numbered_note="Nota {label}: ",
        quote=("Citação: ", "Fim da citação."),
        list=("Lista: ", "Fim da lista."),
        nested_list=("Sublista: ", "Fim da sublista."),
        table="Tabela com {columns} e {rows}. ",
        columns=("{number} coluna", "{number} colunas"),
        rows=("{number} linha", "{number} linhas"),
        headers="Colunas: ",
        struck="riscado",
        squared="ao quadrado",
        cubed="ao cubo",
        power="elevado a {exponent}",
        minus="menos",
        tasks=("Feito: ", "Por fazer: ", "Abandonado: "),
        unspeakable="Uma frase que não foi possível ler.",
        by="Por ",
        end_of_table="Fim da tabela.",
        notes="Notas",
        contents="Sumário",
        numbers="Cada número é repetido antes do seu artigo.",
        articles=("{number} artigo", "{number} artigos"),
        minutes=("cerca de {number} minuto", "cerca de {number} minutos"),
        voice="Lido por uma voz sintética.",
        end="Fim de {title}.",
        date="{day} de {month} de {year}",
        months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ),
    "ru": Wording(
        picture="Изображение: ",
        caption="Подпись: ",
        description=("Описание: ", "Конец описания."),
        formula="Формула: ",
        code=("Код: ", "Конец кода."),
        note=("Примечание: ", "Конец примечания."),
        numbered_note="Примечание {label}: ",
        quote=("Цитата: ", "Конец цитаты."),
        list=("Список: ", "Конец списка."),
        nested_list=("Вложенный список: ", "Конец вложенного списка."),
        table="Таблица. {columns}, {rows}. ",
        columns=("Столбцов: {number}", "Столбцов: {number}"),
        rows=("строк: {number}", "строк: {number}"),
        headers="Столбцы: ",
        struck="зачёркнуто",
        squared="в квадрате",
        cubed="в кубе",
        power="в степени {exponent}",
        minus="минус",
        tasks=("Сделано: ", "Сделать: ", "Отменено: "),
        unspeakable="Предложение, которое не удалось произнести.",
        by="Автор: ",
        end_of_table="Конец таблицы.",
        notes="Примечания",
        contents="Содержание",
        numbers="Каждый номер повторяется перед своей статьёй.",
        articles=("Статей: {number}", "Статей: {number}"),
        minutes=("минут: около {number}", "минут: около {number}"),
        voice="Читает синтетический голос.",
        end="Конец: {title}.",
        date="{day} {month} {year} года",
        months="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    ),
    "zh": Wording(
        picture="图片：",
        caption="说明：",
        description=("描述：", "描述结束。"),
        formula="公式：",
        code=("代码：", "代码结束。"),
        note=("注：", "注释结束。"),
        numbered_note="注{label}：",
        quote=("引文：", "引文结束。"),
        list=("列表：", "列表结束。"),
        nested_list=("子列表：", "子列表结束。"),
        table="表格，{columns}，{rows}。",
        columns=("{number}列", "{number}列"),
        rows=("{number}行", "{number}行"),
        headers="各列：",
        struck="已删除",
        squared="的平方",
        cubed="的立方",
        power="的{exponent}次方",
        minus="负",
        tasks=("已完成：", "待办：", "已取消："),
        unspeakable="有一句话无法读出。",
        by="作者：",
        end_of_table="表格结束。",
        notes="注释",
        contents="目录",
        numbers="每个编号会在其文章之前重复。",
        articles=("共{number}篇文章", "共{number}篇文章"),
        minutes=("约{number}分钟", "约{number}分钟"),
        voice="由合成语音朗读。",
        end="{title}，结束。",
        date="{year}年{month}月{day}日",
    ),
}

ENGLISH = _WORDINGS["en"]
