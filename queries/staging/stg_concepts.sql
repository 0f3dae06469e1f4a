/*
titel: De begrippen met hun NHG-nummers, in de volgorde waarin zij op dezelfde dag voorgaan
korrel: een rij per begrip en NHG-nummer
bron: NHG-Tabel 45
*/
with

final as (
    select
        concept,
        nhg_number,
        preference,
        title
    from (
        values
        ('hba1c', 2816, 1, 'HbA1c'),
        ('hba1c', 3266, 2, 'HbA1c'),
        ('hba1c', 3754, 3, 'HbA1c'),
        ('systolisch', 1744, 1, 'systolische bloeddruk'),
        ('systolisch', 2055, 2, 'systolische bloeddruk'),
        ('systolisch', 3326, 3, 'systolische bloeddruk'),
        ('systolisch', 2659, 4, 'systolische bloeddruk'),
        ('systolisch', 3336, 5, 'systolische bloeddruk'),
        ('ldl', 542, 1, 'LDL-cholesterol'),
        ('ldl', 2683, 2, 'LDL-cholesterol'),
        ('ldl', 3854, 3, 'LDL-cholesterol'),
        ('egfr', 3583, 1, 'eGFR'),
        ('egfr', 1919, 2, 'eGFR'),
        ('egfr', 1918, 3, 'eGFR'),
        ('egfr', 524, 4, 'eGFR'),
        ('egfr', 3907, 5, 'eGFR'),
        ('egfr', 3908, 6, 'eGFR'),
        ('acr', 40, 1, 'albumine-creatinineratio'),
        ('bmi', 1272, 1, 'BMI'),
        ('roken', 1739, 1, 'roken'),
        ('roken', 4013, 2, 'roken'),
        ('bewegen', 3239, 1, 'bewegen'),
        ('bewegen', 3958, 2, 'bewegen'),
        ('voet', 2196, 1, 'voetonderzoek'),
        ('voet', 1710, 2, 'voetonderzoek'),
        ('voet', 1711, 3, 'voetonderzoek'),
        ('voet', 1641, 4, 'voetonderzoek'),
        ('voet', 1642, 5, 'voetonderzoek'),
        ('voet', 1697, 6, 'voetonderzoek'),
        ('voet', 1698, 7, 'voetonderzoek'),
        ('fundus', 2129, 1, 'funduscontrole'),
        ('fundus', 1638, 2, 'funduscontrole'),
        ('fundus', 1652, 3, 'funduscontrole'),
        ('fundus', 1653, 4, 'funduscontrole'),
        ('fundusbeleid', 2717, 1, 'beleid funduscontrole'),
        ('inhalatietechniek', 1608, 1, 'inhalatietechniek'),
        ('longaanvallen', 3549, 1, 'longaanvallen in 12 maanden'),
        ('astmacontrole', 3555, 1, 'astmacontrole'),
        ('astmacontrole', 3602, 2, 'astmacontrole'),
        ('astmacontrole', 4025, 3, 'astmacontrole'),
        ('risicocategorie', 3953, 1, 'HVZ-risicocategorie'),
        ('kwetsbaarheid', 2785, 1, 'kwetsbaarheid'),
        ('kwetsbaarheid', 2808, 2, 'kwetsbaarheid'),
        ('kwetsbaarheid', 3686, 3, 'kwetsbaarheid'),
        ('izp', 3882, 1, 'individueel zorgplan'),
        ('mdo', 3982, 1, 'multidisciplinair overleg'),
        ('medicatiebeoordeling', 4021, 1, 'medicatiebeoordeling')
    ) as listed (concept, nhg_number, preference, title)
)

select * from final
