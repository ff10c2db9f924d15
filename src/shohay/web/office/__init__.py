"""What officers work with: one package per stage of the data, each with its addresses, forms and views.

``rail.rail(officer)`` lists what a role may open, ``desk`` holds what every view needs.
"""
