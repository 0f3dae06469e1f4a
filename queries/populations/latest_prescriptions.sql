/*
titel: Het laatste voorschrift per groep middelen, met de maanden waarin het de laatste is
korrel: een rij per patient, groep middelen en maand met een voorschrift; geldig van first_index tot (niet met) next_index
*/
with

-- no window on prescriptions is wider than 12 months
reach as (
    select
        cast(min(period_start) - interval '11' month as date) as first_day,
        max(period_end) as last_day
    from stg_periods
),

medications as (
    select
        prescriptions.patient_id,
        case
            when prescriptions.atc like 'R03%' then 'inhalatie'
            when prescriptions.atc like 'B01A%' then 'antitrombotica'
        end as medication,
        prescriptions.prescribed_on
    from prescriptions
    inner join reach
        on
            prescriptions.prescribed_on >= reach.first_day
            and prescriptions.prescribed_on <= reach.last_day
    where
        prescriptions.atc like 'R03%'
        or prescriptions.atc like 'B01A%'
),

prescribed as (
    select distinct
        patient_id,
        medication,
        cast(year(prescribed_on) * 12 + month(prescribed_on) as integer) as month_index
    from medications
),

final as (
    select
        patient_id,
        medication,
        month_index as first_index,
        coalesce(
            lead(month_index) over (
                partition by patient_id, medication
                order by month_index
            ),
            999999
        ) as next_index
    from prescribed
)

select * from final
