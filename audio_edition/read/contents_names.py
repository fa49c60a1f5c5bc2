"""What books and magazines call their list of contents."""

from __future__ import annotations

_NAMES = """
    contents|table of contents|brief contents|contents of this book|inhalt|inhaltsverzeichnis|inhaltsübersicht|sommaire
    |table des matières|table|índice|indice|contenido|tabla de contenido|sumario|sumário|sommario|indice generale|inhoud
    |inhoudsopgave|innehåll|innehållsförteckning|indhold|innhold|sisällys|sisällysluettelo|spis treści|obsah|tartalom
    |cuprins|содержание|оглавление|зміст|içindekiler|目次|目录|目錄|차례|목차
"""
CALLED_CONTENTS = frozenset(" ".join(name.split()) for name in _NAMES.replace("\n", " ").split("|"))
"""In small letters."""
