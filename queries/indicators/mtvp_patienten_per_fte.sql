/*
titel: Patiënten per fte huisarts
vraag: Hoeveel ingeschreven patiënten zijn er per volledige werkweek van een huisarts?
waarom: Laat zien hoeveel tijd er per patiënt is; de landelijke norm voor een praktijk is 2.095 patiënten.
teller: Vast ingeschreven patiënten op de peildag, waar zij ook wonen, in het gebied van de praktijk zelf.
noemer: Fte huisartsen in de laatste opgave personeel van de praktijk tot en met de peildag (op dezelfde dag de hoogste), maal 100 en afgerond op een heel getal.
uitsluitingen: Passanten; praktijken zonder fte huisartsen in hun laatste opgave.
maat: ratio
soort: stand
klasse: bureau
gebied: praktijk
bronnen: HIS, bureau
venster:
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-inschrijvingen en bureauregister, personeel
referentie: Meer Tijd voor de Patiënt, landelijke monitor: minstens 2.095 patiënten per fte; spiegelinformatie, geen oordeel over een praktijk
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
schaal: 100
*/
with

staff_counts as (
    select
        staff.practice_id,
        stg_periods.period_start,
        staff.fte,
        row_number() over (
            partition by staff.practice_id, stg_periods.period_start
            order by staff.counted_on desc, staff.quantity desc, staff.fte desc nulls last
        ) as row_rank
    from staff
    inner join stg_periods
        on staff.counted_on <= stg_periods.period_end
    where staff.function = 'huisarts'
),

-- patients of a practice that gave no fte would make the others look busier, so it has no row
doctors as (
    select
        practice_id,
        period_start,
        cast(round(fte * 100) as bigint) as fte_hundredths
    from staff_counts
    where
        row_rank = 1
        and round(fte * 100) > 0
),

practice_sizes as (
    select
        practice_id,
        period_start,
        cast(sum(patients) as bigint) as patients
    from registered_counts
    group by practice_id, period_start
),

final as (
    select
        doctors.practice_id,
        stg_practices.area_id,
        doctors.period_start,
        -- a practice without patients is a zero, not without a value
        coalesce(practice_sizes.patients, 0) as numerator,
        doctors.fte_hundredths as denominator
    from doctors
    inner join stg_practices
        on doctors.practice_id = stg_practices.practice_id
    left join practice_sizes
        on
            doctors.practice_id = practice_sizes.practice_id
            and doctors.period_start = practice_sizes.period_start
)

select * from final

/*
voorbeeld: de laatste opgave telt, op dezelfde dag de hoogste, alleen huisartsen; patiënten van elders tellen in het gebied van de praktijk
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_until
1          | 1950       | 3201      |
2          | 1960       | 1234      |
3          | 1960       | 3201      | 2022-12-31

staff
practice_id | counted_on | function | quantity | fte
01000001    | 2021-12-31 | huisarts | 3        | 2.4
01000001    | 2022-12-31 | huisarts | 2        | 1.256
01000001    | 2022-12-31 | huisarts | 2        | 1.1
01000001    | 2022-12-31 | huisarts | 1        | 1.9
01000001    | 2023-01-01 | huisarts | 9        | 9
01000001    | 2022-12-31 | POH-S    | 2        | 1.5
bureau      | 2022-12-31 | huisarts | 1        | 1

verwacht
practice_id | area_id    | period_start | numerator | denominator
01000001    | nissewaard | 2022-12-01   | 2         | 126
*/

/*
voorbeeld: zonder fte in de laatste opgave heeft de praktijk geen waarde, ook als een oudere opgave er wel een had
periode: 2022-12

patients
practice_id | patient_id | birth_year
01000001    | 1          | 1950
01000002    | 2          | 1950
01000003    | 3          | 1950

practices
practice_id | area_id    | joined_on
01000001    | nissewaard | 2010-01-01
01000002    | nissewaard | 2010-01-01
01000003    | nissewaard | 2010-01-01

staff
practice_id | counted_on | function | quantity | fte
01000001    | 2022-06-30 | huisarts | 2        | 1.5
01000002    | 2021-12-31 | huisarts | 2        | 1.5
01000002    | 2022-06-30 | huisarts | 2        |

verwacht
practice_id | numerator | denominator
01000001    | 1         | 150
*/

/*
voorbeeld: een praktijk zonder ingeschreven patiënten is een nul, niet zonder waarde
periode: 2022-12

patients
patient_id | birth_year | registered_until
1          | 1950       | 2022-12-31

staff
counted_on | function | quantity | fte
2022-06-30 | huisarts | 1        | 0.8

verwacht
period_start | numerator | denominator
2022-12-01   | 0         | 80
*/
