/*
titel: De begrippen met hun NHG-nummers, in de volgorde waarin zij op dezelfde dag voorgaan
korrel: een rij per begrip en NHG-nummer; widest_window is het aantal maanden dat een indicator hooguit terugkijkt
bron: NHG-Tabel 45
*/
with

final as (
    select
        concept,
        nhg_number,
        preference,
        widest_window,
        title
    from (
        values
        ('hba1c', 2816, 1, 12, 'HbA1c'),
        ('hba1c', 3266, 2, 12, 'HbA1c'),
        ('hba1c', 3754, 3, 12, 'HbA1c'),
        ('systolisch', 1744, 1, 12, 'systolische bloeddruk'),
        ('systolisch', 2055, 2, 12, 'systolische bloeddruk'),
        ('systolisch', 3326, 3, 12, 'systolische bloeddruk'),
        ('systolisch', 2659, 4, 12, 'systolische bloeddruk'),
        ('systolisch', 3336, 5, 12, 'systolische bloeddruk'),
        ('ldl', 542, 1, 60, 'LDL-cholesterol'),
        ('ldl', 2683, 2, 60, 'LDL-cholesterol'),
        ('ldl', 3854, 3, 60, 'LDL-cholesterol'),
        ('egfr', 3583, 1, 12, 'eGFR'),
        ('egfr', 1919, 2, 12, 'eGFR'),
        ('egfr', 1918, 3, 12, 'eGFR'),
        ('egfr', 524, 4, 12, 'eGFR'),
        ('egfr', 3907, 5, 12, 'eGFR'),
        ('egfr', 3908, 6, 12, 'eGFR'),
        ('acr', 40, 1, 12, 'albumine-creatinineratio'),
        ('bmi', 1272, 1, 12, 'BMI'),
        ('roken', 1739, 1, 12, 'roken'),
        ('roken', 4013, 2, 12, 'roken'),
        ('bewegen', 3239, 1, 12, 'bewegen'),
        ('bewegen', 3958, 2, 12, 'bewegen'),
        ('voet', 2196, 1, 12, 'voetonderzoek'),
        ('voet', 1710, 2, 12, 'voetonderzoek'),
        ('voet', 1711, 3, 12, 'voetonderzoek'),
        ('voet', 1641, 4, 12, 'voetonderzoek'),
        ('voet', 1642, 5, 12, 'voetonderzoek'),
        ('voet', 1697, 6, 12, 'voetonderzoek'),
        ('voet', 1698, 7, 12, 'voetonderzoek'),
        ('fundus', 2129, 1, 36, 'funduscontrole'),
        ('fundus', 1638, 2, 36, 'funduscontrole'),
        ('fundus', 1652, 3, 36, 'funduscontrole'),
        ('fundus', 1653, 4, 36, 'funduscontrole'),
        ('fundusbeleid', 2717, 1, 1200, 'beleid funduscontrole'),
        ('inhalatietechniek', 1608, 1, 12, 'inhalatietechniek'),
        ('longaanvallen', 3549, 1, 12, 'longaanvallen in 12 maanden'),
        ('astmacontrole', 3555, 1, 12, 'astmacontrole'),
        ('astmacontrole', 3602, 2, 12, 'astmacontrole'),
        ('astmacontrole', 4025, 3, 12, 'astmacontrole'),
        ('risicocategorie', 3953, 1, 60, 'HVZ-risicocategorie'),
        ('kwetsbaarheid', 2785, 1, 12, 'kwetsbaarheid'),
        ('kwetsbaarheid', 2808, 2, 12, 'kwetsbaarheid'),
        ('kwetsbaarheid', 3686, 3, 12, 'kwetsbaarheid'),
        ('izp', 3882, 1, 12, 'individueel zorgplan'),
        ('mdo', 3982, 1, 12, 'multidisciplinair overleg'),
        ('medicatiebeoordeling', 4021, 1, 12, 'medicatiebeoordeling')
    ) as listed (concept, nhg_number, preference, widest_window, title)
)

select * from final
